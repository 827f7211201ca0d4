package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;

/** Before a call learns how far its attempt is. */
public final class ObserverAdvice {
  private ObserverAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("handler") Object handler,
      @Advice.Argument(0) Object operations,
      @Advice.Argument(1) Object state) {
    ReactorNettyClientCapture.reached(handler, operations, state);
  }
}
