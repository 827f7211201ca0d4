package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code PrintWriter.write} of one character. */
public final class JakartaWriteCharAdvice {
  private JakartaWriteCharAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object stream) {
    return JakartaBodyCapture.begin(stream);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object body,
      @Advice.Argument(0) int value,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (body != null) {
      JakartaBodyCapture.writtenChar(body, value, thrown);
    }
  }
}
