package dev.engram.agent.instrumentation.decisions;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before {@code Engram.correlate}. */
public final class CorrelateAdvice {
  private CorrelateAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) @Nullable String key, @Advice.Argument(1) @Nullable String value) {
    OutcomeCapture.correlated(key, value);
  }
}
