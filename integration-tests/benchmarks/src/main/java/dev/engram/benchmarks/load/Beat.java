package dev.engram.benchmarks.load;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One thread that works at fixed times, whether or not the work before was done in time. Confined
 * to its thread until it is joined.
 *
 * <p>Two numbers are kept of each beat. The cost is from the start of the work to its end. The cost
 * with waits begins when the work should have begun had the work before it not taken too long; so
 * that a stall counts for every beat that it held up, and not only for the one it hit. A wake-up
 * that came late is the scheduler's and is in neither.
 */
final class Beat {
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final Runnable work;
  private final long intervalNanos;
  private final Histogram costs = new Histogram(LONGEST_NANOS, DIGITS);
  private final Histogram costsWithWaits = new Histogram(LONGEST_NANOS, DIGITS);
  private long dueAt;
  private long latenessNanos;

  /**
   * @param firstAt when the first beat is due, as {@link System#nanoTime}
   */
  Beat(Runnable work, long intervalNanos, long firstAt) {
    this.work = work;
    this.intervalNanos = intervalNanos;
    this.dueAt = firstAt;
  }

  /** Works until {@code end}; what began before {@code measureFrom} is not kept. */
  void run(long measureFrom, long end) {
    while (dueAt - end < 0) {
      awaitDue();
      long start = System.nanoTime();
      work.run();
      long done = System.nanoTime();
      if (dueAt - measureFrom >= 0) {
        keep(start, done);
      }
      dueAt += intervalNanos;
    }
  }

  private void awaitDue() {
    boolean waited = false;
    for (long left = dueAt - System.nanoTime(); left > 0; left = dueAt - System.nanoTime()) {
      LockSupport.parkNanos(left);
      waited = true;
    }
    if (waited) {
      latenessNanos = System.nanoTime() - dueAt;
    }
  }

  private void keep(long start, long done) {
    long shouldHaveStarted = Math.min(start, dueAt + latenessNanos);
    costs.recordValue(Math.min(LONGEST_NANOS, done - start));
    costsWithWaits.recordValue(Math.min(LONGEST_NANOS, done - shouldHaveStarted));
  }

  Histogram costs() {
    return costs;
  }

  Histogram costsWithWaits() {
    return costsWithWaits;
  }
}
