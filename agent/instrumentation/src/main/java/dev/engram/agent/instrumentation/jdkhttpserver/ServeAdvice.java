package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the server's work on one request, on the thread of its executor. */
public final class ServeAdvice {
  private ServeAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.Thrown @Nullable Throwable thrown) {
    JdkHttpServerCapture.served(thrown);
  }
}
