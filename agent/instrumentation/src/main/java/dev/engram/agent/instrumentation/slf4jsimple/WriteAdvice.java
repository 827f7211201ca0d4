package dev.engram.agent.instrumentation.slf4jsimple;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Before a line is written. */
public final class WriteAdvice {
  private WriteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Logger logger, @Advice.Argument(1) @Nullable Throwable thrown) {
    if (thrown != null) {
      Slf4jSimpleCapture.logged(thrown, logger, null);
    }
  }
}
