package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;

/** Before {@code Statement.close()}. */
public final class CloseStatementAdvice {
  private CloseStatementAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object statement) {
    StatementCapture.closed(statement);
  }
}
