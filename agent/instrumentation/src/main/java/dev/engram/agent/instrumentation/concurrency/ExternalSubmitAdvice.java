package dev.engram.agent.instrumentation.concurrency;

import net.bytebuddy.asm.Advice;

/** Before {@code ForkJoinPool.externalSubmit}. */
public final class ExternalSubmitAdvice {
  private ExternalSubmitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object pool, @Advice.Argument(0) Object task) {
    ForkJoinCapture.submitted(pool, task);
  }
}
