package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a response has handed out its stream. */
public final class JakartaOutputAdvice {
  private JakartaOutputAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object response, @Advice.Return @Nullable Object stream) {
    JakartaBodyCapture.output(response, stream);
  }
}
