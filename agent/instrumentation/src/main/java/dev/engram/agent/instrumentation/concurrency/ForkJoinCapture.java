package dev.engram.agent.instrumentation.concurrency;

import dev.engram.agent.core.capture.Handover;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Tells the tasks of applications from the steps of virtual threads, which the JDK runs in a
 * fork-join pool too: those carry their own thread's span, and have nothing to do with who woke
 * them. Compares names that the JVM keeps; no lock, no allocation.
 */
final class ForkJoinCapture {
  private static final String SCHEDULER = "java.lang.VirtualThread";
  private static final String CARRIER = "jdk.internal.misc.CarrierThread";

  private ForkJoinCapture() {}

  static void submitted(Object pool, Object task) {
    if (!isScheduler((ForkJoinPool) pool)) {
      Handover.give(task);
    }
  }

  /** For {@link Handover#leave}. */
  static @Nullable Object executing(Object task) {
    return Thread.currentThread().getClass().getName().equals(CARRIER)
        ? null
        : Handover.enter(task);
  }

  private static boolean isScheduler(ForkJoinPool pool) {
    return pool.getFactory().getClass().getName().startsWith(SCHEDULER);
  }
}
