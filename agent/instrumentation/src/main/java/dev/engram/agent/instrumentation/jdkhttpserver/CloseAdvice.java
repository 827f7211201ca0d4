package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;

/** After an exchange was closed as a whole. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(@Advice.This Object transaction) {
    JdkHttpServerCapture.closed(transaction);
  }
}
