package dev.engram.collector.query;

import org.jspecify.annotations.Nullable;

/**
 * What every listing can be narrowed to.
 *
 * @param sinceEpochNanos inclusive; 0 for no begin
 * @param untilEpochNanos exclusive; 0 for no end
 * @param service null for any
 * @param limit most entries to answer
 */
public record Range(
    long sinceEpochNanos, long untilEpochNanos, @Nullable String service, int limit) {
  public static final Range ALL = new Range(0, null, 0);

  /** One without an end. */
  public Range(long sinceEpochNanos, @Nullable String service, int limit) {
    this(sinceEpochNanos, 0, service, limit);
  }

  /** The same from a later begin on. */
  public Range since(long epochNanos) {
    return new Range(epochNanos, untilEpochNanos, service, limit);
  }
}
