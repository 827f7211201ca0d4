package dev.engram.collector.store;

import java.util.List;

/** Which rows may go when they are old; for stores, so that all keep the same. Pure. */
public final class Expiry {
  /** What feedback is about that passes, so that it goes with its age; the rest is kept. */
  public static final List<String> PASSING =
      List.of("conversation", "decision", "key", "span", "trace");

  /** The target of what is told of a decision, whose id is 16 hex digits. */
  public static final String DECISION = "decision";

  /** The part of the time between the oldest row and now that goes at once for want of room. */
  private static final int SLICES = 64;

  private Expiry() {}

  /**
   * Before which time rows go when there is no room for all; never after {@code nowEpochNanos}.
   *
   * @param oldestEpochNanos the time of the oldest
   */
  public static long slice(long oldestEpochNanos, long nowEpochNanos) {
    long slice = oldestEpochNanos + Math.max(1, (nowEpochNanos - oldestEpochNanos) / SLICES);
    return Math.min(slice, nowEpochNanos);
  }
}
