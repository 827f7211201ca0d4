package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;

/** After the constructor of a call's state, on the thread that subscribes. */
public final class CallAdvice {
  private CallAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object handler) {
    ReactorNettyClientCapture.called(handler);
  }
}
