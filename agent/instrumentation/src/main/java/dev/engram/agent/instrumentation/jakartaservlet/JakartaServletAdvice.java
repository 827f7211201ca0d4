package dev.engram.agent.instrumentation.jakartaservlet;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Servlet.service} and {@code Filter.doFilter}. */
public final class JakartaServletAdvice {
  private JakartaServletAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object handler,
      @Advice.Argument(0) Object request,
      @Advice.Argument(1) Object response) {
    return JakartaServletCapture.enter(handler, request, response);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object handler,
      @Advice.Argument(1) Object response,
      @Advice.Enter @Nullable Object scope,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (scope != null) {
      JakartaServletCapture.exit(handler, response, scope, thrown);
    }
  }
}
