package dev.engram.agent.instrumentation.concurrency;

import net.bytebuddy.asm.Advice;

/** Before {@code ForkJoinPool.poolSubmit}, which newer JDKs have. */
public final class PoolSubmitAdvice {
  private PoolSubmitAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object pool, @Advice.Argument(1) Object task) {
    ForkJoinCapture.submitted(pool, task);
  }
}
