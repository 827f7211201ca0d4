package dev.engram.agent.instrumentation.jakartabody;

import java.nio.CharBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the writing of a buffer by Undertow's writer, which is empty afterwards. */
public final class JakartaWriteCharBufferAdvice {
  private JakartaWriteCharBufferAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object writer, @Advice.Argument(0) CharBuffer buffer) {
    return JakartaBodyCapture.beginCharBuffer(writer, buffer);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object body) {
    if (body != null) {
      JakartaBodyCapture.done(body);
    }
  }
}
