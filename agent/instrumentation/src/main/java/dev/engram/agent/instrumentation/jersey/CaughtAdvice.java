package dev.engram.agent.instrumentation.jersey;

import net.bytebuddy.asm.Advice;

/** Before Jersey looks for the mapper of an exception. */
public final class CaughtAdvice {
  private CaughtAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("processingContext") Object processing,
      @Advice.Argument(0) Throwable thrown) {
    JerseyCapture.caught(processing, thrown);
  }
}
