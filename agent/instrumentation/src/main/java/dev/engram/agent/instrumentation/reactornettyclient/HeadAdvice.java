package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;
import reactor.netty.http.client.HttpClientRequest;

/** Before the head of a request is sent alone; that of a response comes the same way. */
public final class HeadAdvice {
  private HeadAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object operations, @Advice.Return boolean isFirst) {
    if (isFirst && operations instanceof HttpClientRequest request) {
      ReactorNettyClientCapture.sendsHead(request);
    }
  }
}
