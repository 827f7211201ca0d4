package dev.engram.agent.instrumentation.decisions;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before {@code Engram.outcome}. */
public final class OutcomeAdvice {
  private OutcomeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) @Nullable Object outcome) {
    OutcomeCapture.told(outcome);
  }
}
