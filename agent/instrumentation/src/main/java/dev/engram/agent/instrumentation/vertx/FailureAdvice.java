package dev.engram.agent.instrumentation.vertx;

import io.vertx.ext.web.RoutingContext;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before a routing context fails, because it was told to or a handler threw. */
public final class FailureAdvice {
  private FailureAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object context, @Advice.Argument(1) @Nullable Throwable thrown) {
    RoutingCapture.failed((RoutingContext) context, thrown);
  }
}
