package dev.engram.collector.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * How much is kept.
 *
 * @param age what is older goes; zero keeps it whatever its age
 * @param maxBytes what rows may take in the store: beyond it the oldest go; 0 for as much as there
 *     is
 */
public record Retention(Duration age, long maxBytes) {
  /** Everything is kept. */
  public static final Retention NONE = new Retention(Duration.ZERO, 0);

  private static final Duration DAY = Duration.ofDays(1);
  private static final long DAY_SECONDS = DAY.toSeconds();

  /**
   * What is older than this goes, in epoch nanoseconds. Whole days (UTC) where days are kept, so
   * that a store may let go of a day at once.
   */
  public long before(Instant now) {
    if (age.isZero()) {
      return Long.MIN_VALUE;
    }
    long seconds = now.minus(age).getEpochSecond();
    boolean days = age.compareTo(DAY) >= 0;
    return TimeUnit.SECONDS.toNanos(days ? seconds - Math.floorMod(seconds, DAY_SECONDS) : seconds);
  }
}
