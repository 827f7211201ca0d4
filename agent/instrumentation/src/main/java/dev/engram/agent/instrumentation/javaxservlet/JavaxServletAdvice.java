package dev.engram.agent.instrumentation.javaxservlet;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Around {@code Servlet.service} and {@code Filter.doFilter}. */
public final class JavaxServletAdvice {
  private JavaxServletAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.Argument(0) Object request, @Advice.Argument(1) Object response) {
    return JavaxServletCapture.enter(request, response);
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This Object handler,
      @Advice.Enter @Nullable Object scope,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (scope != null) {
      JavaxServletCapture.exit(handler, scope, thrown);
    }
  }
}
