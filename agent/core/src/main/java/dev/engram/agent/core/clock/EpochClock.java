package dev.engram.agent.core.clock;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Epoch nanoseconds as an anchor plus {@link System#nanoTime()}, so that a reading is cheap and
 * moves as evenly as the monotonic clock. Thread-safe.
 *
 * <p>Whoever takes several readings that must agree, such as a span's start and end, takes {@link
 * #offset()} once and adds it to each {@link #nanoTime()}.
 */
public final class EpochClock {
  /** The machine's clock. */
  public static final EpochClock SYSTEM =
      new EpochClock(System::nanoTime, EpochClock::systemEpochNanos);

  private final LongSupplier monotonic;
  private final LongSupplier epoch;
  private volatile long offset;

  /**
   * @param monotonic nanoseconds that never go back
   * @param epoch nanoseconds since 1970, which may jump
   */
  public EpochClock(LongSupplier monotonic, LongSupplier epoch) {
    this.monotonic = monotonic;
    this.epoch = epoch;
    reanchor();
  }

  /** Follows the epoch clock's adjustments. Called about once a second, off application threads. */
  public void reanchor() {
    offset = epoch.getAsLong() - monotonic.getAsLong();
  }

  /** Nanoseconds that never go back; only differences mean something. */
  public long nanoTime() {
    return monotonic.getAsLong();
  }

  /** What turns {@link #nanoTime()} into nanoseconds since 1970. */
  public long offset() {
    return offset;
  }

  /** Nanoseconds since 1970. */
  public long epochNanos() {
    return monotonic.getAsLong() + offset;
  }

  private static long systemEpochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
