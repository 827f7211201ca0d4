package dev.engram.agent.instrumentation.log4j2;

import net.bytebuddy.asm.Advice;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/** Before {@code log} with a location, which the methods of the API come to. */
public final class LogAdvice {
  private LogAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Logger logger,
      @Advice.Argument(4) @Nullable Message message,
      @Advice.Argument(5) @Nullable Throwable thrown) {
    if (thrown != null) {
      Log4j2Capture.logged(thrown, logger, message);
    }
  }
}
