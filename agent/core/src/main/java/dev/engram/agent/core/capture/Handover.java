package dev.engram.agent.core.capture;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Hands the current span of one thread over to the work that it leaves to another. Called by
 * instrumentations of executors and threads, on application threads and by the scheduler of virtual
 * threads: no lock is taken and nothing is thrown. Where no span is current, nothing is allocated.
 *
 * <p>A task is not wrapped but looked up by identity, so that an application finds in its queue
 * what it put there. An object that waits twice at once, from two places, is handed nothing: which
 * of its runs belongs to whom cannot be told.
 */
public final class Handover {
  private static final int BUCKETS = 1 << 14;
  private static final Object SEVERAL = new Object();

  /** Task to the {@link OpenSpan} it was given, or to {@link #SEVERAL}. */
  private static final Attachments<Object> TASKS = new Attachments<>(BUCKETS);

  private Handover() {}

  /** Gives the current span to a task that will run once; nothing is left of an earlier one. */
  public static void give(Object task) {
    try {
      OpenSpan span = handedOn();
      if (span == null) {
        TASKS.remove(task);
        return;
      }
      Object waiting = TASKS.get(task);
      if (waiting != span) {
        TASKS.put(task, waiting == null ? span : SEVERAL);
      }
    } catch (Throwable failure) {
      survived(failure);
    }
  }

  /** The task was refused, or runs for nobody in particular. */
  public static void takeBack(Object task) {
    try {
      TASKS.remove(task);
    } catch (Throwable failure) {
      survived(failure);
    }
  }

  /** What one object was given is another's, which runs it. */
  public static void pass(Object task, Object runner) {
    try {
      Object given = TASKS.remove(task);
      if (given != null) {
        TASKS.put(runner, given);
      }
    } catch (Throwable failure) {
      survived(failure);
    }
  }

  /**
   * Makes what the task was given current on this thread.
   *
   * @return for {@link #leave}; null when it was given nothing
   */
  public static @Nullable Object enter(Object task) {
    try {
      if (TASKS.remove(task) instanceof OpenSpan span) {
        CurrentSpan.enterHandedOver(span);
        return span;
      }
    } catch (Throwable failure) {
      survived(failure);
    }
    return null;
  }

  /** The task is over. */
  public static void leave(Object entered) {
    ((OpenSpan) entered).leave();
  }

  /** This thread has no task: it is in no span, whatever a task forgot to leave. */
  public static void idle() {
    try {
      CurrentSpan.clear();
    } catch (Throwable failure) {
      survived(failure);
    }
  }

  /** This thread begins to serve a pool: it has nothing to do with who started it. */
  public static void work() {
    try {
      StartedThreads.forget(Thread.currentThread());
      CurrentSpan.clear();
    } catch (Throwable failure) {
      survived(failure);
    }
  }

  /** The thread is about to start, for one task of this thread's current span. */
  public static void starting(Thread thread) {
    try {
      OpenSpan span = handedOn();
      if (span != null) {
        StartedThreads.starting(thread, span);
      }
    } catch (Throwable failure) {
      survived(failure);
    }
  }

  /** The task inside the current span; the task itself when there is none. */
  public static Runnable carrying(Runnable task) {
    OpenSpan span = handedOn();
    return span == null ? task : new CarriedTask(span, task);
  }

  /** The task inside this span, unless its request ended so long ago that the task is no part. */
  public static Runnable carrying(OpenSpan span, Runnable task) {
    return span.isHandedOn() ? new CarriedTask(span, task) : task;
  }

  private static @Nullable OpenSpan handedOn() {
    OpenSpan span = Tracing.current();
    return span != null && span.isHandedOn() ? span : null;
  }

  private static void survived(Throwable failure) {
    Capture capture = Capture.live();
    if (capture != null) {
      capture.failures().survived(failure);
    }
  }

  /** Only where nobody looks at the task but who runs it. */
  private record CarriedTask(OpenSpan span, Runnable task) implements Runnable {
    @Override
    public void run() {
      try {
        CurrentSpan.enterHandedOver(span);
      } catch (Throwable failure) {
        // The task runs all the same.
        survived(failure);
      }
      try {
        task.run();
      } catch (Throwable escaping) {
        Tracing.exception(escaping, ExceptionOrigin.ESCAPED, null);
        throw escaping;
      } finally {
        span.leave();
      }
    }
  }
}
