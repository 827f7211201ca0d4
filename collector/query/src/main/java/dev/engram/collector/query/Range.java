package dev.engram.collector.query;

import dev.engram.collector.store.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What every listing can be narrowed to.
 *
 * @param sinceEpochNanos inclusive; 0 for no begin
 * @param untilEpochNanos exclusive; 0 for no end
 * @param service null for any
 * @param limit most entries to answer
 * @param where what else an entry, or what it sums up, must meet
 */
public record Range(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    int limit,
    Condition where) {
  public static final Range ALL = new Range(0, null, 0);

  /** One of entries that need meet nothing else. */
  public Range(long sinceEpochNanos, long untilEpochNanos, @Nullable String service, int limit) {
    this(sinceEpochNanos, untilEpochNanos, service, limit, Condition.ANY);
  }

  /** One without an end. */
  public Range(long sinceEpochNanos, @Nullable String service, int limit) {
    this(sinceEpochNanos, 0, service, limit);
  }

  /** The same from a later begin on. */
  public Range since(long epochNanos) {
    return new Range(epochNanos, untilEpochNanos, service, limit, where);
  }

  /** The same in other times. */
  public Range between(long since, long until) {
    return new Range(since, until, service, limit, where);
  }

  /** The same of one service. */
  public Range of(String name) {
    return new Range(sinceEpochNanos, untilEpochNanos, name, limit, where);
  }

  /** The same of what meets this as well. */
  public Range and(Condition condition) {
    return new Range(sinceEpochNanos, untilEpochNanos, service, limit, where.and(condition));
  }
}
