package dev.engram.agent.instrumentation.mongodb;

import dev.engram.agent.core.capture.Handover;
import net.bytebuddy.asm.Advice;

/** After the constructor of a task that waits for a connection of the reactive driver. */
public final class WaitAdvice {
  private WaitAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object task) {
    Handover.give(task);
  }
}
