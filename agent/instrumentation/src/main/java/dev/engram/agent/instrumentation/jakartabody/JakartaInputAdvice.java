package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a request has handed out its stream. */
public final class JakartaInputAdvice {
  private JakartaInputAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object request, @Advice.Return @Nullable Object stream) {
    JakartaBodyCapture.input(request, stream);
  }
}
