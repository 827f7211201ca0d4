package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Connection.commit()} and {@code rollback()}. */
public final class TransactionEndAdvice {
  private TransactionEndAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object connection, @Advice.Origin("#m") String method) {
    return TransactionCapture.enter(connection, method);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object connection,
      @Advice.Origin("#m") String method,
      @Advice.Enter @Nullable Object ending,
      @Advice.Thrown @Nullable Throwable thrown) {
    TransactionCapture.exit(connection, method, ending, thrown);
  }
}
