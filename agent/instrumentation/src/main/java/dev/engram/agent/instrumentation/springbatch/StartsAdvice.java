package dev.engram.agent.instrumentation.springbatch;

import net.bytebuddy.asm.Advice;

/** After Spring Batch has asked how often a step of a job was started before. */
public final class StartsAdvice {
  private StartsAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(
      @Advice.Argument(0) Object jobInstance,
      @Advice.Argument(1) String step,
      @Advice.Return long count) {
    SpringBatchCapture.startedBefore(jobInstance, step, count);
  }
}
