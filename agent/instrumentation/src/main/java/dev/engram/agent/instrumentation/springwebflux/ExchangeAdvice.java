package dev.engram.agent.instrumentation.springwebflux;

import net.bytebuddy.asm.Advice;
import org.springframework.web.server.ServerWebExchange;

/** After the constructor of an exchange, on the thread on which its request arrived. */
public final class ExchangeAdvice {
  private ExchangeAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object exchange) {
    SpringWebFluxCapture.arrived((ServerWebExchange) exchange);
  }
}
