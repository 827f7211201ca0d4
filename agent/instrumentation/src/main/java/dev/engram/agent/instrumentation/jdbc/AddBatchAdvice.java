package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After {@code Statement.addBatch(String)}. */
public final class AddBatchAdvice {
  private AddBatchAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object statement,
      @Advice.Argument(0) String sql,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown == null) {
      BatchCapture.added(statement, sql);
    }
  }
}
