package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;

/** After the constructor of a task that a fork-join pool, of newer JDKs, runs later. */
public final class DelayedForkAdvice {
  private DelayedForkAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object task, @Advice.Argument(1) long nextDelay) {
    if (nextDelay == 0) {
      Handover.give(task);
    }
  }
}
