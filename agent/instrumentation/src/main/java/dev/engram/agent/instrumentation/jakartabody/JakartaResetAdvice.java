package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;

/** After a response has given up what was written, which it does not once it is committed. */
public final class JakartaResetAdvice {
  private JakartaResetAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object response) {
    JakartaBodyCapture.reset(response);
  }
}
