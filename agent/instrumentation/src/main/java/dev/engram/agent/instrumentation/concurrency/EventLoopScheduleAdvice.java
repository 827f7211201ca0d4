package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;

/** After the constructor of a task that a Netty event loop runs once, later. */
public final class EventLoopScheduleAdvice {
  private EventLoopScheduleAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object task) {
    Handover.give(task);
  }
}
