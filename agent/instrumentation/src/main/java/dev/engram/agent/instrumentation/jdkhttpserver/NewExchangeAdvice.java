package dev.engram.agent.instrumentation.jdkhttpserver;

import net.bytebuddy.asm.Advice;

/**
 * After the constructor of the exchange that handlers are given: the request line and headers are
 * read.
 */
public final class NewExchangeAdvice {
  private NewExchangeAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object exchange, @Advice.Argument(0) Object transaction) {
    JdkHttpServerCapture.arrived(exchange, transaction);
  }
}
