package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;

/** Before {@code ResultSet.close()}. */
public final class CloseRowsAdvice {
  private CloseRowsAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object rows) {
    ResultCapture.closed(rows);
  }
}
