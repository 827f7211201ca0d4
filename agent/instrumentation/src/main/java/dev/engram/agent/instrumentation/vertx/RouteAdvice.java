package dev.engram.agent.instrumentation.vertx;

import io.vertx.ext.web.RoutingContext;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before the handlers of a route that the request matched. */
public final class RouteAdvice {
  private RouteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue("path") @Nullable String path, @Advice.Argument(0) Object context) {
    RoutingCapture.matched(path, (RoutingContext) context);
  }
}
