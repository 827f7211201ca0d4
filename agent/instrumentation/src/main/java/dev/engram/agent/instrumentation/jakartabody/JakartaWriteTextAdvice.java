package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code PrintWriter.write} of a text. */
public final class JakartaWriteTextAdvice {
  private JakartaWriteTextAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object stream) {
    return JakartaBodyCapture.begin(stream);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object body,
      @Advice.Argument(0) String text,
      @Advice.Argument(1) int from,
      @Advice.Argument(2) int count,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (body != null) {
      JakartaBodyCapture.text(body, text, from, thrown == null ? count : 0);
    }
  }
}
