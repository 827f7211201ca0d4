package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which executions of statements are summed up. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive
 * @param untilEpochNanos exclusive
 * @param minDurationNanos of one execution, inclusive
 * @param limit most statements to return; 0 for no limit
 * @param where what else the spans must meet
 */
public record StatementFilter(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    long minDurationNanos,
    int limit,
    Condition where) {
  /** One of executions that need meet nothing else. */
  public StatementFilter(
      long sinceEpochNanos,
      long untilEpochNanos,
      @Nullable String service,
      long minDurationNanos,
      int limit) {
    this(sinceEpochNanos, untilEpochNanos, service, minDurationNanos, limit, Condition.ANY);
  }

  /** The same with another limit. */
  public StatementFilter limit(int limit) {
    return new StatementFilter(
        sinceEpochNanos, untilEpochNanos, service, minDurationNanos, limit, where);
  }
}
