package dev.engram.collector.query;

import org.jspecify.annotations.Nullable;

/**
 * What every listing can be narrowed to.
 *
 * @param sinceEpochNanos inclusive; 0 for no begin
 * @param service null for any
 * @param limit most entries to answer
 */
public record Range(long sinceEpochNanos, @Nullable String service, int limit) {
  public static final Range ALL = new Range(0, null, 0);

  /** The same from a later begin on. */
  public Range since(long epochNanos) {
    return new Range(epochNanos, service, limit);
  }
}
