package dev.engram.agent.instrumentation.jakartaservlet;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Before Tomcat makes a request ready for the next one. */
public final class JakartaRecycleAdvice {
  private JakartaRecycleAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.This Object request,
      @Advice.FieldValue("response") Object response,
      @Advice.FieldValue("asyncContext") @Nullable Object asynchronous) {
    if (asynchronous != null) {
      JakartaServletCapture.recycled(request, response);
    }
  }
}
