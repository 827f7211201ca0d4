package dev.engram.agent.instrumentation.javalin;

import net.bytebuddy.asm.Advice;

/** Before Javalin answers for an exception. */
public final class CaughtAdvice {
  private CaughtAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.Argument(0) Object context, @Advice.Argument(1) Throwable thrown) {
    JavalinCapture.caught(context, thrown);
  }
}
