package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;

/** Before {@code ForkJoinTask.fork}. */
public final class ForkAdvice {
  private ForkAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object task) {
    Handover.give(task);
  }
}
