package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** After a response has handed out its writer. */
public final class JakartaWriterAdvice {
  private JakartaWriterAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object response, @Advice.Return @Nullable Object writer) {
    JakartaBodyCapture.writer(response, writer);
  }
}
