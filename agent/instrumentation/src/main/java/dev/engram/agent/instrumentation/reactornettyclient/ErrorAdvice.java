package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;

/** Around the client's decision whether an error leads to another attempt. */
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

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object handler,
      @Advice.Argument(0) Throwable thrown,
      @Advice.Return boolean isRetried) {
    ReactorNettyClientCapture.decided(handler, isRetried, thrown);
  }
}
