package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;

/** Before {@code Thread.start} of a platform thread. */
public final class StartAdvice {
  private StartAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Thread thread) {
    Handover.starting(thread);
  }
}
