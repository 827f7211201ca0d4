package dev.engram.agent.instrumentation.uncaught;

import dev.engram.agent.core.capture.FutureResult;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RunnableScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells what nobody can catch any more from what a future keeps for whoever asks. Takes no lock.
 */
final class UncaughtCapture {
  private static final String EXECUTED = "java.util.concurrent.ForkJoinTask$RunnableExecuteAction";

  private UncaughtCapture() {}

  static void endedThread(Throwable thrown) {
    escaped(thrown, "java.lang.Thread#run");
  }

  /** A periodic task runs no more after its first exception, and its future is hardly asked. */
  static void failedTask(Object task, Throwable thrown) {
    String site = task.getClass().getName() + "#run";
    if (task instanceof RunnableScheduledFuture<?> scheduled && scheduled.isPeriodic()) {
      escaped(thrown, site);
    } else {
      unobserved(thrown, site);
    }
  }

  /** Of a task that is only executed nobody has the future. */
  static void failedForkJoinTask(Object task, Throwable thrown) {
    String type = task.getClass().getName();
    if (type.equals(EXECUTED)) {
      escaped(thrown, "java.util.concurrent.ForkJoinPool#execute");
    } else {
      unobserved(thrown, type + "#exec");
    }
  }

  /** Before the future can be asked: its functions are called while it is being completed. */
  static void failedFuture(Throwable thrown) {
    unobserved(thrown, "java.util.concurrent.CompletableFuture#completeExceptionally");
  }

  /** The future was complete already, and has not taken the exception in. */
  static void tooLate(Throwable thrown) {
    Tracing.observed(thrown);
  }

  /**
   * A function is given a result.
   *
   * @param result as the future holds it
   */
  static void handled(@Nullable Object result) {
    Throwable thrown = FutureResult.exceptionIn(result);
    if (thrown != null) {
      Tracing.observed(thrown);
    }
  }

  private static void escaped(Throwable thrown, String site) {
    Tracing.exception(thrown, ExceptionOrigin.ESCAPED, site);
  }

  /** Whoever cancels does not want to know. */
  private static void unobserved(Throwable thrown, String site) {
    if (!(thrown instanceof CancellationException)) {
      Tracing.unobserved(thrown, site);
    }
  }
}
