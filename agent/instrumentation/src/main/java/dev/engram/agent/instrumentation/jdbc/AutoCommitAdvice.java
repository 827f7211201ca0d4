package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Connection.setAutoCommit(boolean)}. */
public final class AutoCommitAdvice {
  private AutoCommitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object connection, @Advice.Argument(0) boolean on) {
    return TransactionCapture.enterAutoCommit(connection, on);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object connection,
      @Advice.Argument(0) boolean on,
      @Advice.Origin("#m") String method,
      @Advice.Enter @Nullable Object ending,
      @Advice.Thrown @Nullable Throwable thrown) {
    TransactionCapture.exitAutoCommit(connection, on, method, ending, thrown);
  }
}
