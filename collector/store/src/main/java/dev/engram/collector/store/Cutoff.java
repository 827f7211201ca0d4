package dev.engram.collector.store;

import java.util.concurrent.TimeUnit;

/**
 * Before which times rows are old, in epoch nanoseconds.
 *
 * @param ordinary of the many: requests and what they did, readings
 * @param lasting of what {@link Expiry#lasts} and of all that people and errors say
 * @param rollups of {@link RequestRollup}, by the end of their hour
 */
public record Cutoff(long ordinary, long lasting, long rollups) {
  /** Of all rows the same. */
  public static Cutoff of(long beforeEpochNanos) {
    return new Cutoff(beforeEpochNanos, beforeEpochNanos, beforeEpochNanos);
  }

  /** The last hour that is old, by its begin. */
  public long lastHour() {
    long hour = TimeUnit.HOURS.toNanos(1);
    return rollups < Long.MIN_VALUE + hour ? Long.MIN_VALUE : rollups - hour;
  }
}
