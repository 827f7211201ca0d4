package dev.engram.agent.instrumentation.jdkhttpclient;

import net.bytebuddy.asm.Advice;

/** After the constructor of a call's state, on the thread of {@code send} or {@code sendAsync}. */
public final class NewCallAdvice {
  private NewCallAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object call) {
    JdkHttpClientCapture.called(call);
  }
}
