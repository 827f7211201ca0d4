package dev.engram.collector.store;

/**
 * A stretch of time, both ends included.
 *
 * @param sinceEpochNanos not after its end, or {@link IllegalArgumentException}
 */
public record Period(long sinceEpochNanos, long untilEpochNanos) {
  public Period {
    if (sinceEpochNanos > untilEpochNanos) {
      throw new IllegalArgumentException(
          "a period cannot end at " + untilEpochNanos + " that began at " + sinceEpochNanos);
    }
  }

  /** Whether they have a moment in common. */
  public boolean meets(Period other) {
    return sinceEpochNanos <= other.untilEpochNanos && other.sinceEpochNanos <= untilEpochNanos;
  }
}
