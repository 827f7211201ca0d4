package dev.engram.agent.core.writer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the writer sleeps when it has moved all there was: two milliseconds while records come,
 * because being woken costs more than moving a record, and longer the longer nothing comes, so that
 * an idle service is woken about twenty-five times a second. The first record after idling pays for
 * that: it may wait for the longest pause, 40 ms. Confined to the writer thread.
 */
final class Pause {
  private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(40);

  private long nanos = SHORTEST;

  /**
   * Sleeps unless more is there.
   *
   * @param moved how many records the last turn moved
   * @param full how many it moves at most
   */
  void after(int moved, int full) {
    if (moved > 0) {
      nanos = SHORTEST;
    }
    if (moved < full) {
      LockSupport.parkNanos(nanos);
      nanos = Math.min(LONGEST, nanos + nanos / 4);
    }
  }
}
