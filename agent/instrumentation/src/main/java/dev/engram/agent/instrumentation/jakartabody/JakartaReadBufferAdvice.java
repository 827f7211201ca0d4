package dev.engram.agent.instrumentation.jakartabody;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ServletInputStream.read} into a buffer. */
public final class JakartaReadBufferAdvice {
  private JakartaReadBufferAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object stream) {
    return JakartaBodyCapture.begin(stream);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object body,
      @Advice.Argument(0) ByteBuffer buffer,
      @Advice.Return int count) {
    if (body != null) {
      JakartaBodyCapture.readBuffer(body, buffer, count);
    }
  }
}
