package dev.engram.agent.instrumentation.jakartabody;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code InputStream.read()}. */
public final class JakartaReadByteAdvice {
  private JakartaReadByteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This Object stream) {
    return JakartaBodyCapture.begin(stream);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object body,
      @Advice.Return int read,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (body != null) {
      JakartaBodyCapture.readByte(body, thrown == null ? read : -1);
    }
  }
}
