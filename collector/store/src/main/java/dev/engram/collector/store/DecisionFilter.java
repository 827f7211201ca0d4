package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which decisions. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive
 * @param untilEpochNanos exclusive
 * @param name of the decision
 * @param limit most to return; 0 for no limit
 * @param where what else they must meet
 */
public record DecisionFilter(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    @Nullable String name,
    long decisionId,
    int limit,
    Condition where) {
  /** One of decisions that need meet nothing else. */
  public DecisionFilter(
      long sinceEpochNanos,
      long untilEpochNanos,
      @Nullable String service,
      @Nullable String name,
      long decisionId,
      int limit) {
    this(sinceEpochNanos, untilEpochNanos, service, name, decisionId, limit, Condition.ANY);
  }
}
