package dev.engram.agent.instrumentation.jdbc;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ResultSet.next()}: one look-up for a result that is not counted. */
public final class RowAdvice {
  private RowAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object rows) {
    return ResultCapture.enterNext(rows);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object rows,
      @Advice.Enter @Nullable Object counted,
      @Advice.Return boolean advanced,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (counted != null) {
      ResultCapture.exitNext(rows, counted, advanced, thrown);
    }
  }
}
