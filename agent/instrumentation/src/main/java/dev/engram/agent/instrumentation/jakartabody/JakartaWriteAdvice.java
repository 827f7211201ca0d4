package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code OutputStream.write} of an array. */
public final class JakartaWriteAdvice {
  private JakartaWriteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object stream) {
    return JakartaBodyCapture.begin(stream);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object body,
      @Advice.Argument(0) byte[] bytes,
      @Advice.Argument(1) int from,
      @Advice.Argument(2) int count,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (body != null) {
      JakartaBodyCapture.bytes(body, bytes, from, thrown == null ? count : 0);
    }
  }
}
