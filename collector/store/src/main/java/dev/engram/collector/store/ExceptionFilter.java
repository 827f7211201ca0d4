package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which exceptions. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive
 * @param untilEpochNanos exclusive
 * @param limit most to return; 0 for no limit
 * @param where what else they must meet
 */
public record ExceptionFilter(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    long fingerprint,
    @Nullable TraceId traceId,
    int limit,
    Condition where) {
  /** One of exceptions that need meet nothing else. */
  public ExceptionFilter(
      long sinceEpochNanos,
      long untilEpochNanos,
      @Nullable String service,
      long fingerprint,
      @Nullable TraceId traceId,
      int limit) {
    this(sinceEpochNanos, untilEpochNanos, service, fingerprint, traceId, limit, Condition.ANY);
  }

  /** The same of one fingerprint, without a limit. */
  public ExceptionFilter of(long other) {
    return new ExceptionFilter(sinceEpochNanos, untilEpochNanos, service, other, traceId, 0, where);
  }
}
