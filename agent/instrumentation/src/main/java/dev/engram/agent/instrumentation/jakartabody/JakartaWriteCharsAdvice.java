package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code PrintWriter.write} of an array. */
public final class JakartaWriteCharsAdvice {
  private JakartaWriteCharsAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object stream) {
    return JakartaBodyCapture.begin(stream);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object body,
      @Advice.Argument(0) char[] chars,
      @Advice.Argument(1) int from,
      @Advice.Argument(2) int count,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (body != null) {
      JakartaBodyCapture.chars(body, chars, from, thrown == null ? count : 0);
    }
  }
}
