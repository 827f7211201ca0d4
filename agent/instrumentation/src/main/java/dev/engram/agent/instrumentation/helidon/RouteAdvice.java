package dev.engram.agent.instrumentation.helidon;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around all that the server does for a request, from its first filter to what it throws. */
public final class RouteAdvice {
  private RouteAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(1) Object request) throws Throwable {
    return HelidonCapture.arrived(request);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object span,
      @Advice.Argument(1) Object request,
      @Advice.Argument(2) Object response,
      @Advice.Thrown @Nullable Throwable thrown)
      throws Throwable {
    if (span != null) {
      HelidonCapture.routed(span, request, response, thrown);
    }
  }
}
