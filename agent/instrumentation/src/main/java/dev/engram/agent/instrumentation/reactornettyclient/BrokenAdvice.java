package dev.engram.agent.instrumentation.reactornettyclient;

import net.bytebuddy.asm.Advice;
import reactor.netty.http.client.HttpClientRequest;

/** Before whoever reads a response is told that there is no more of it. */
public final class BrokenAdvice {
  private BrokenAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object operations, @Advice.Argument(0) Throwable thrown) {
    if (operations instanceof HttpClientRequest request) {
      ReactorNettyClientCapture.broken(request, thrown);
    }
  }
}
