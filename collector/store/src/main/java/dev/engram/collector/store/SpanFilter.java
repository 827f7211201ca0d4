package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which spans. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive start of the span's begin
 * @param untilEpochNanos exclusive
 * @param kind upper case
 * @param category lower case
 * @param status lower case
 * @param minDurationNanos inclusive; leaves out interrupted spans
 * @param afterArrival for following: only rows with a greater {@link StoredSpan#arrival()}; 0 for
 *     all, newest first; -1 for all, oldest arrival first
 * @param limit most rows to return; 0 for no limit
 * @param where what else they must meet
 */
public record SpanFilter(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    @Nullable String kind,
    @Nullable String category,
    @Nullable String status,
    long minDurationNanos,
    long afterArrival,
    int limit,
    Condition where) {
  /** One of spans that need meet nothing else. */
  public SpanFilter(
      long sinceEpochNanos,
      long untilEpochNanos,
      @Nullable String service,
      @Nullable String kind,
      @Nullable String category,
      @Nullable String status,
      long minDurationNanos,
      long afterArrival,
      int limit) {
    this(
        sinceEpochNanos,
        untilEpochNanos,
        service,
        kind,
        category,
        status,
        minDurationNanos,
        afterArrival,
        limit,
        Condition.ANY);
  }

  /** The same of spans that meet this. */
  public SpanFilter where(Condition condition) {
    return new SpanFilter(
        sinceEpochNanos,
        untilEpochNanos,
        service,
        kind,
        category,
        status,
        minDurationNanos,
        afterArrival,
        limit,
        condition);
  }

  /** The same with another limit. */
  public SpanFilter limit(int rows) {
    return new SpanFilter(
        sinceEpochNanos,
        untilEpochNanos,
        service,
        kind,
        category,
        status,
        minDurationNanos,
        afterArrival,
        rows,
        where);
  }
}
