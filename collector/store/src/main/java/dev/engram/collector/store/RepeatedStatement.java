package dev.engram.collector.store;

import java.util.Comparator;

/**
 * A SQL statement that ran again and again below one span.
 *
 * @param system {@code db.system.name}; empty when unknown
 * @param text {@code db.query.text}
 * @param parents spans below which it was repeated
 * @param executions all of them below those spans
 * @param totalNanos what those took together; at most {@link Long#MAX_VALUE}
 * @param most executions below one span, at most
 * @param traceId where that was; the latest to arrive where it was so in several
 * @param parentSpanId likewise
 */
public record RepeatedStatement(
    String service,
    String system,
    String text,
    long parents,
    long executions,
    long totalNanos,
    long most,
    TraceId traceId,
    long parentSpanId) {
  public static final Comparator<RepeatedStatement> MOST_TIME_FIRST =
      Comparator.comparingLong(RepeatedStatement::totalNanos)
          .reversed()
          .thenComparing(RepeatedStatement::service)
          .thenComparing(RepeatedStatement::system)
          .thenComparing(RepeatedStatement::text);
}
