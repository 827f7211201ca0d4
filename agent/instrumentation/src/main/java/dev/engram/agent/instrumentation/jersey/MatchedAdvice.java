package dev.engram.agent.instrumentation.jersey;

import net.bytebuddy.asm.Advice;

/** Before the resource method that was chosen for a request. */
public final class MatchedAdvice {
  private MatchedAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) Object processing) {
    JerseyCapture.matched(processing);
  }
}
