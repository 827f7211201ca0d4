package dev.engram.agent.instrumentation.vertx;

import io.vertx.ext.web.RoutingContext;
import net.bytebuddy.asm.Advice;

/** After the constructor of a routing context, where the request is first handled. */
public final class RoutingAdvice {
  private RoutingAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object context) {
    RoutingCapture.arrived((RoutingContext) context);
  }
}
