package dev.engram.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** How long work keeps a processor, which is the same on a busy machine. Any thread. */
public final class ProcessorTime {
  /** Also on a machine that has little time for it. */
  private static final Duration HANGS = Duration.ofMinutes(5);

  private ProcessorTime() {}

  /**
   * Does the work, on a thread of its own.
   *
   * @param name of the work, where it takes longer
   */
  public static void assertWithin(Duration limit, String name, Runnable work) {
    Duration taken = assertTimeoutPreemptively(HANGS, () -> of(work), name);
    assertThat(taken).as(name).isLessThan(limit);
  }

  /** Does the work on this thread, and says how long it kept it busy. */
  public static Duration of(Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun);
  }
}
