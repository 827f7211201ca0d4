package dev.engram.agent.core.writer;

import java.util.concurrent.TimeUnit;

/**
 * Notices that a thread died in the middle of writing a record, behind which nothing can be read
 * any more. Confined to the writer thread.
 */
final class HalfWrittenRecord {
  /** Far longer than a live thread takes, even one that waits long for a processor. */
  private static final long STUCK_AFTER = TimeUnit.SECONDS.toNanos(10);

  private final TimeSource time;
  private boolean waiting;
  private long since;
  private boolean noticed;

  HalfWrittenRecord(TimeSource time) {
    this.time = time;
  }

  /**
   * Takes the outcome of one try to read the ring.
   *
   * @param moved how many records could be read
   * @param size bytes claimed in the ring afterwards
   * @return whether such a record was just noticed, true once at most
   */
  boolean isNoticed(int moved, int size) {
    long now = time.nanoTime();
    if (moved > 0 || size == 0) {
      waiting = false;
    } else if (!waiting) {
      waiting = true;
      since = now;
    } else if (!noticed && now - since >= STUCK_AFTER) {
      noticed = true;
      return true;
    }
    return false;
  }
}
