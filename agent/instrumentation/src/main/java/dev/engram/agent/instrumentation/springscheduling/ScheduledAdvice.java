package dev.engram.agent.instrumentation.springscheduling;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.ScheduledMethodRunnable;

/** Around a run of a scheduled method. */
public final class ScheduledAdvice {
  private ScheduledAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.This ScheduledMethodRunnable task) {
    return SpringSchedulingCapture.begins(task.getMethod());
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable Object run,
      @Advice.This ScheduledMethodRunnable task,
      @Advice.Thrown @Nullable Throwable thrown) {
    SpringSchedulingCapture.ended(run, task.getMethod(), thrown);
  }
}
