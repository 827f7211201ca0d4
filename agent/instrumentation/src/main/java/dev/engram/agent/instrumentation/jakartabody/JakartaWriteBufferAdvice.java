package dev.engram.agent.instrumentation.jakartabody;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code ServletOutputStream.write} of a buffer, which is empty afterwards. */
public final class JakartaWriteBufferAdvice {
  private JakartaWriteBufferAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object stream, @Advice.Argument(0) ByteBuffer buffer) {
    return JakartaBodyCapture.beginBuffer(stream, buffer);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object body) {
    if (body != null) {
      JakartaBodyCapture.done(body);
    }
  }
}
