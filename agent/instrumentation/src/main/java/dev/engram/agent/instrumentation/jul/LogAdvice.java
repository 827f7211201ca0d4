package dev.engram.agent.instrumentation.jul;

import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before {@code Logger.log(LogRecord)}. */
public final class LogAdvice {
  private LogAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Logger logger, @Advice.Argument(0) @Nullable LogRecord record) {
    if (record != null) {
      JulCapture.logged(logger, record);
    }
  }
}
