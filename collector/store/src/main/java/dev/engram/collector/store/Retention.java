package dev.engram.collector.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * How much is kept. What is older than its age goes; an age of zero keeps it whatever its age.
 *
 * @param age of the many: requests and what they did, readings
 * @param lastingAge of errors, decisions, what AI and workflows did, and what was told of them; no
 *     less than {@code age}
 * @param rollupAge of what is left of requests, hour by hour; no less than {@code lastingAge}
 * @param maxBytes what rows may take in the store: beyond it the oldest go; 0 for as much as there
 *     is
 */
public record Retention(Duration age, Duration lastingAge, Duration rollupAge, long maxBytes) {
  /** Everything is kept. */
  public static final Retention NONE =
      new Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

  private static final Duration DAY = Duration.ofDays(1);
  private static final long DAY_SECONDS = DAY.toSeconds();

  public Retention {
    lastingAge = longer(age, lastingAge);
    rollupAge = longer(lastingAge, rollupAge);
  }

  /**
   * What goes now. Whole days (UTC) where days are kept, so that a store may let go of a day at
   * once.
   */
  public Cutoff before(Instant now) {
    return new Cutoff(before(now, age), before(now, lastingAge), before(now, rollupAge));
  }

  private static long before(Instant now, Duration age) {
    if (age.isZero()) {
      return Long.MIN_VALUE;
    }
    long seconds = now.minus(age).getEpochSecond();
    boolean days = age.compareTo(DAY) >= 0;
    return TimeUnit.SECONDS.toNanos(days ? seconds - Math.floorMod(seconds, DAY_SECONDS) : seconds);
  }

  private static Duration longer(Duration one, Duration other) {
    if (one.isZero() || other.isZero()) {
      return Duration.ZERO;
    }
    return one.compareTo(other) > 0 ? one : other;
  }
}
