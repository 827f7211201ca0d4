package dev.engram.agent.instrumentation.springscheduling;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.ScheduledMethodRunnable;

/** After a run of a scheduled method. */
public final class ScheduledAdvice {
  private ScheduledAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.This ScheduledMethodRunnable task, @Advice.Thrown @Nullable Throwable thrown) {
    if (thrown != null) {
      SpringSchedulingCapture.escaped(thrown, task.getMethod());
    }
  }
}
