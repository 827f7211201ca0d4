package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which readings are summed up. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive
 * @param untilEpochNanos exclusive
 * @param limit most metrics to return; 0 for no limit
 * @param where what else they must meet
 */
public record MetricFilter(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    int limit,
    Condition where) {
  /** One of readings that need meet nothing else. */
  public MetricFilter(
      long sinceEpochNanos, long untilEpochNanos, @Nullable String service, int limit) {
    this(sinceEpochNanos, untilEpochNanos, service, limit, Condition.ANY);
  }
}
