package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;

/** After a request has handed out its reader. */
public final class JakartaReaderAdvice {
  private JakartaReaderAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object request) {
    JakartaBodyCapture.reader(request);
  }
}
