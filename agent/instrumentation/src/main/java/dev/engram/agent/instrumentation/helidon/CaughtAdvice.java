package dev.engram.agent.instrumentation.helidon;

import net.bytebuddy.asm.Advice;

/** Before Helidon answers for an exception. */
public final class CaughtAdvice {
  private CaughtAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(3) Throwable thrown) {
    HelidonCapture.caught(thrown);
  }
}
