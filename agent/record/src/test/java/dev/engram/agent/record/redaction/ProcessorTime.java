package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** How long work keeps a processor, which is the same on a busy machine. */
final class ProcessorTime {
  private ProcessorTime() {}

  /**
   * Does the work on this thread.
   *
   * @param name of the work, where it takes longer
   */
  static void assertWithin(Duration limit, String name, Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    work.run();
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun))
        .as(name)
        .isLessThan(limit);
  }
}
