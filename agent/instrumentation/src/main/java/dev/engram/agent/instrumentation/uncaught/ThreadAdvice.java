package dev.engram.agent.instrumentation.uncaught;

import net.bytebuddy.asm.Advice;

/** Before a thread that ends with an exception gives it to its handler. */
public final class ThreadAdvice {
  private ThreadAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) Throwable thrown) {
    UncaughtCapture.endedThread(thrown);
  }
}
