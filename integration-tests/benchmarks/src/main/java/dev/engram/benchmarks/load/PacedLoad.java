package dev.engram.benchmarks.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The program of one arm: many threads at a fixed pace. Prints the percentiles that {@link
 * LoadGroup} names, in microseconds, and how many records were shed meanwhile: what came before the
 * queue was open, a second after the start, is none of it.
 */
final class PacedLoad {
  static final int THREADS = 32;
  static final int BEATS_A_SECOND = 1_000;

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / BEATS_A_SECOND;
  private static final long UNTIL_FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final double[] PERCENTILES = {50, 99, 99.9, 99.99, 100};
  private static final double NANOS_A_MICRO = 1e3;

  private PacedLoad() {}

  /** Arguments: arm, folder for files, seconds to warm up, seconds to measure. */
  public static void main(String[] arguments) throws InterruptedException {
    try (Target target = Arm.valueOf(arguments[0]).open(Path.of(arguments[1]))) {
      long warmUp = TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[2]));
      long measured = TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[3]));
      long begin = System.nanoTime() + UNTIL_FIRST_NANOS;
      List<Beat> beats = new ArrayList<>();
      List<Thread> threads = start(target, begin, warmUp, measured, beats);
      TimeUnit.NANOSECONDS.sleep(begin + warmUp - System.nanoTime());
      long shedBefore = target.shed();
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.println(line(beats) + " " + (target.shed() - shedBefore));
    }
  }

  private static List<Thread> start(
      Target target, long begin, long warmUp, long measured, List<Beat> beats) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      // Spread over the interval, as requests would be.
      long firstAt = begin + i * INTERVAL_NANOS / THREADS;
      Beat beat = new Beat(target.work(), INTERVAL_NANOS, firstAt);
      beats.add(beat);
      threads.add(
          new Thread(() -> beat.run(begin + warmUp, begin + warmUp + measured), "load-" + i));
    }
    threads.forEach(Thread::start);
    return threads;
  }

  private static String line(List<Beat> beats) {
    Histogram costs = new Histogram(beats.get(0).costs());
    costs.reset();
    Histogram withWaits = costs.copy();
    beats.forEach(beat -> costs.add(beat.costs()));
    beats.forEach(beat -> withWaits.add(beat.costsWithWaits()));
    StringBuilder line = new StringBuilder();
    for (double percentile : PERCENTILES) {
      line.append(micros(costs.getValueAtPercentile(percentile))).append(' ');
    }
    return line.append(micros(withWaits.getValueAtPercentile(99.9))).toString();
  }

  private static String micros(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / NANOS_A_MICRO);
  }
}
