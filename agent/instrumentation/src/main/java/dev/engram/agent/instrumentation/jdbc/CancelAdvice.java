package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;

/** Before {@code Statement.cancel()}. */
public final class CancelAdvice {
  private CancelAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object statement) {
    SelectRetryCapture.cancelled(statement);
  }
}
