package dev.engram.agent.instrumentation.springwebflux;

import net.bytebuddy.asm.Advice;
import org.springframework.web.server.ServerWebExchange;

/** Before the handler that a mapping has found. */
public final class HandlerAdvice {
  private HandlerAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) Object exchange) {
    SpringWebFluxCapture.mapped((ServerWebExchange) exchange);
  }
}
