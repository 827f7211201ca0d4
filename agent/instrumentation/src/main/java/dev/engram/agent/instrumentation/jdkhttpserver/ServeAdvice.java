package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around the server's work on one request, on the thread of its executor. */
public final class ServeAdvice {
  private ServeAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static Object enter() {
    return JdkHttpServerCapture.serving();
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object serving, @Advice.Thrown @Nullable Throwable thrown) {
    if (serving != null) {
      JdkHttpServerCapture.served(serving, thrown);
    }
  }
}
