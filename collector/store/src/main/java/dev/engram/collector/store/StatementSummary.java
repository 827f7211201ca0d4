package dev.engram.collector.store;

import java.util.Comparator;

/**
 * How one SQL statement behaved.
 *
 * @param system {@code db.system.name}; empty when unknown
 * @param text {@code db.query.text}
 * @param errors executions with status {@code error}
 * @param totalNanos at most {@link Long#MAX_VALUE}
 * @param p50Nanos nearest rank: the shortest duration that half of the executions did not exceed;
 *     within half a percent where a store keeps sums
 * @param p95Nanos likewise
 * @param counted executions that say how many rows they returned ({@code
 *     db.response.returned_rows})
 * @param empty those of them that returned none
 * @param maxSpanId the span of the slowest one, the latest to arrive where several were as slow
 */
public record StatementSummary(
    String service,
    String system,
    String text,
    long count,
    long errors,
    long totalNanos,
    long maxNanos,
    long p50Nanos,
    long p95Nanos,
    long counted,
    long empty,
    TraceId maxTraceId,
    long maxSpanId) {
  public static final Comparator<StatementSummary> MOST_TIME_FIRST =
      Comparator.comparingLong(StatementSummary::totalNanos)
          .reversed()
          .thenComparing(StatementSummary::service)
          .thenComparing(StatementSummary::system)
          .thenComparing(StatementSummary::text);
}
