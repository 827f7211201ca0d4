package dev.engram.benchmarks.load;

import java.nio.file.Path;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/** What one would write without a ring: every thread appends to the queue, which is as it comes. */
final class QueueTarget implements Target {
  private final ChronicleQueue queue;

  QueueTarget(Path folder) {
    queue = SingleChronicleQueueBuilder.binary(folder).rollCycle(RollCycles.FAST_HOURLY).build();
  }

  @Override
  public Runnable work() {
    ExcerptAppender appender = queue.createAppender();
    byte[] record = new byte[Arm.RECORD_LENGTH];
    return () -> append(appender, record);
  }

  static void append(ExcerptAppender appender, byte[] record) {
    try (DocumentContext document = appender.writingDocument()) {
      document.wire().bytes().write(record);
    }
  }

  @Override
  public long shed() {
    return 0;
  }

  @Override
  public void close() {
    queue.close();
  }
}
