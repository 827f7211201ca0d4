package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/** The end of a worker: with an exception, its task is to blame. Takes no lock. */
final class WorkerCapture {
  private WorkerCapture() {}

  /** On the worker's thread, while it is still in the span of its last task. */
  static void ended(@Nullable Throwable thrown) {
    if (thrown != null) {
      Tracing.exception(
          thrown, ExceptionOrigin.ESCAPED, "java.util.concurrent.ThreadPoolExecutor#execute");
    }
    Handover.idle();
  }
}
