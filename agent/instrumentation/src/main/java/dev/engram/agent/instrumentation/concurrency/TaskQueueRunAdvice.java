package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;

/** Before a thread serves such a queue: it has nothing to do with who woke it. */
public final class TaskQueueRunAdvice {
  private TaskQueueRunAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter() {
    Handover.idle();
  }
}
