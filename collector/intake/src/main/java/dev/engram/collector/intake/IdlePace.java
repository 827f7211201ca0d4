package dev.engram.collector.intake;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long to rest between two looks at the queues: not at all under load, five milliseconds while
 * some records come, so that they share a transaction, and longer the longer nothing comes.
 */
final class IdlePace {
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  private long rest = SHORTEST_NANOS;

  /**
   * Rests; an unparked thread goes on at once.
   *
   * @param read how many records the last look gave
   */
  void rest(long read) {
    if (read > 0) {
      rest = SHORTEST_NANOS;
    }
    if (read < BatchDraft.MAX_ROWS) {
      LockSupport.parkNanos(this, rest);
      rest = Math.min(LONGEST_NANOS, 2 * rest);
    }
  }
}
