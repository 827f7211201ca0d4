package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;

/** Carries tasks through the queues of Vert.x. Takes no lock. */
final class TaskQueueCapture {
  private static final String WORKER_TASK = "io.vertx.core.impl.WorkerTask";

  private TaskQueueCapture() {}

  /** The task to queue: newer versions look for the class of theirs, older ones look at none. */
  static Runnable queued(Runnable task) {
    if (isWorkerTask(task.getClass())) {
      Handover.give(task);
      return task;
    }
    return Handover.carrying(task);
  }

  private static boolean isWorkerTask(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(WORKER_TASK)) {
        return true;
      }
    }
    return false;
  }
}
