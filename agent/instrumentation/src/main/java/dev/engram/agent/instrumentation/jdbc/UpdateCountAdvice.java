package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** After {@code Statement.getUpdateCount()} and {@code getLargeUpdateCount()}. */
public final class UpdateCountAdvice {
  private UpdateCountAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object statement,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object count) {
    if (count instanceof Number number) {
      ResultCapture.updateCountGiven(statement, number.longValue());
    }
  }
}
