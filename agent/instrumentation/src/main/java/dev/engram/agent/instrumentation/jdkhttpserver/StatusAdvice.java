package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;

/** Before the response headers are sent: sending them may end the exchange. */
public final class StatusAdvice {
  private StatusAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object transaction,
      @Advice.Argument(0) int status,
      @Advice.Argument(1) long length) {
    JdkHttpServerCapture.answered(transaction, status, length);
  }
}
