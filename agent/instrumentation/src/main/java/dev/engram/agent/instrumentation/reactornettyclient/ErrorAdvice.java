package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;

/** Before the client decides whether an error leads to another attempt. */
public final class ErrorAdvice {
  private ErrorAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object handler,
      @Advice.FieldValue("method") Object method,
      @Advice.FieldValue("toURI") Object url,
      @Advice.Argument(0) Throwable thrown) {
    ReactorNettyClientCapture.failed(handler, method, url, thrown);
  }
}
