package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;
import reactor.netty.http.client.HttpClientRequest;

/** Before a request without a body is sent. */
public final class EmptyBodyAdvice {
  private EmptyBodyAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object operations) {
    ReactorNettyClientCapture.sendsHead((HttpClientRequest) operations);
  }
}
