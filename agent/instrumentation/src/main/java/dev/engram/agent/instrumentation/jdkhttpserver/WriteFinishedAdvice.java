package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;

/** After the response body was closed, which ends an exchange without closing it. */
public final class WriteFinishedAdvice {
  private WriteFinishedAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.Argument(0) Object transaction) {
    JdkHttpServerCapture.finished(transaction);
  }
}
