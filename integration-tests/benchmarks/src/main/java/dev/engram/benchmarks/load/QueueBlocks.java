package dev.engram.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.HdrHistogram.Histogram;

/**
 * The program that appends many records with blocks of a given size. Prints the resident memory in
 * MB, then p50, p99 and the longest append in microseconds.
 */
final class QueueBlocks {
  private static final double NANOS_A_MICRO = 1e3;
  private static final double KIB_A_MB = 1e6 / 1024;

  private QueueBlocks() {}

  /** Arguments: bytes of a block, folder of the queue, how many records. */
  public static void main(String[] arguments) throws IOException {
    SingleChronicleQueueBuilder builder =
        SingleChronicleQueueBuilder.binary(Path.of(arguments[1]))
            .rollCycle(RollCycles.FAST_HOURLY)
            .blockSize(Integer.parseInt(arguments[0]));
    try (ChronicleQueue queue = builder.build()) {
      Histogram costs = append(queue.createAppender(), Integer.parseInt(arguments[2]));
      System.out.printf(
          Locale.ROOT,
          "%.1f %.3f %.3f %.3f%n",
          residentKib() / KIB_A_MB,
          costs.getValueAtPercentile(50) / NANOS_A_MICRO,
          costs.getValueAtPercentile(99) / NANOS_A_MICRO,
          costs.getMaxValue() / NANOS_A_MICRO);
    }
  }

  private static Histogram append(ExcerptAppender appender, int records) {
    Histogram costs = new Histogram(60_000_000_000L, 3);
    byte[] record = new byte[Arm.RECORD_LENGTH];
    for (int i = 0; i < records; i++) {
      long start = System.nanoTime();
      QueueTarget.append(appender, record);
      costs.recordValue(System.nanoTime() - start);
    }
    return costs;
  }

  private static long residentKib() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
