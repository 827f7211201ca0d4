package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import java.util.concurrent.RunnableScheduledFuture;
import net.bytebuddy.asm.Advice;

/**
 * Before a task is put into the queue of a {@code ScheduledThreadPoolExecutor}, for the first time.
 */
public final class ScheduleAdvice {
  private ScheduleAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) RunnableScheduledFuture<?> task) {
    if (!task.isPeriodic()) {
      Handover.give(task);
    }
  }
}
