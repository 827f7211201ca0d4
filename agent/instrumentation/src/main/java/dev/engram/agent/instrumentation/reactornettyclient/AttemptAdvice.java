package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;

/** After a request was prepared, before it is sent. */
public final class AttemptAdvice {
  private AttemptAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.This Object handler,
      @Advice.FieldValue("toURI") Object url,
      @Advice.Argument(0) Object operations) {
    ReactorNettyClientCapture.prepared(handler, url, operations);
  }
}
