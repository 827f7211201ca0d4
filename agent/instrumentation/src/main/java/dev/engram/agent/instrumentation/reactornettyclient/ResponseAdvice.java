package dev.engram.agent.instrumentation.reactornettyclient;

import io.netty.handler.codec.http.HttpResponse;
import net.bytebuddy.asm.Advice;
import reactor.netty.Connection;

/** Before the client looks at the head of a final response. */
public final class ResponseAdvice {
  private ResponseAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object operations, @Advice.Argument(0) Object response) {
    ReactorNettyClientCapture.answered((Connection) operations, (HttpResponse) response);
  }
}
