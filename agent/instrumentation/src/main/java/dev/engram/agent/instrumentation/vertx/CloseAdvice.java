package dev.engram.agent.instrumentation.vertx;

import net.bytebuddy.asm.Advice;

/** Before a response on a stream of HTTP/2 learns that the stream is over, complete or not. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object response) {
    RoutedRequests.closed(response);
  }
}
