package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the tasks of Netty's event loops from those that wait for their time: these were given
 * their span when they were made, unless they are periodic, and pass through the loop twice. Takes
 * no lock.
 */
final class EventLoopCapture {
  private static final String SCHEDULED = "io.netty.util.concurrent.ScheduledFutureTask";

  private EventLoopCapture() {}

  /** For {@link #refused}; null when there is nothing to take back. */
  static @Nullable Object submitted(Object task) {
    if (isScheduled(task)) {
      return null;
    }
    Handover.give(task);
    return task;
  }

  static void refused(Object task) {
    Handover.takeBack(task);
  }

  /** For {@link Handover#leave}; null when the task has no span, or is not run yet. */
  static @Nullable Object executing(Object task) {
    return isScheduled(task) && ((Delayed) task).getDelay(TimeUnit.NANOSECONDS) > 0
        ? null
        : Handover.enter(task);
  }

  private static boolean isScheduled(Object task) {
    return task.getClass().getName().equals(SCHEDULED);
  }
}
