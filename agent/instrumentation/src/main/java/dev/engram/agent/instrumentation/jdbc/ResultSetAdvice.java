package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** After {@code Statement.getResultSet()}. */
public final class ResultSetAdvice {
  private ResultSetAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object statement,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object rows) {
    if (rows != null) {
      ResultCapture.rowsGiven(statement, rows);
    }
  }
}
