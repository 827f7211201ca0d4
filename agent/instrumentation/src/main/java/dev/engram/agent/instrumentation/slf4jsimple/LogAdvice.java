package dev.engram.agent.instrumentation.slf4jsimple;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Before an event becomes a line. */
public final class LogAdvice {
  private LogAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Logger logger,
      @Advice.Argument(2) @Nullable String template,
      @Advice.Argument(4) @Nullable Throwable thrown) {
    if (thrown != null) {
      Slf4jSimpleCapture.logged(thrown, logger, template);
    }
  }
}
