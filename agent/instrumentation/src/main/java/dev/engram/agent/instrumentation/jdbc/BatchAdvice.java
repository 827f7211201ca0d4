package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Around {@code Statement.executeBatch()} and {@code executeLargeBatch()}. */
public final class BatchAdvice {
  private BatchAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object statement) {
    return BatchCapture.enter(statement);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object statement,
      @Advice.Origin("#m") String method,
      @Advice.Enter @Nullable Object execution,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (execution != null) {
      BatchCapture.exit(execution, statement, method, returned, thrown);
    }
  }
}
