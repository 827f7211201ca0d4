package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code InputStream.read} into an array. */
public final class JakartaReadAdvice {
  private JakartaReadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object stream) {
    return JakartaBodyCapture.begin(stream);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object body,
      @Advice.Argument(0) byte[] bytes,
      @Advice.Argument(1) int from,
      @Advice.Return int count) {
    if (body != null) {
      JakartaBodyCapture.bytes(body, bytes, from, count);
    }
  }
}
