package dev.engram.collector.analysis;

import dev.engram.collector.store.TraceId;
import java.util.Map;

/**
 * Something about SQL statements that is worth a look, with what shows it.
 *
 * @param system {@code db.system.name}; empty when unknown
 * @param statement {@code db.query.text}
 * @param executions that show it
 * @param totalNanos what those took together
 * @param evidence further numbers by name, in the order in which to show them; names that end in
 *     {@code _ns} are nanoseconds
 * @param spanId where to look first: the slowest execution, or the span above the executions
 */
public record Finding(
    Kind kind,
    String service,
    String system,
    String statement,
    long executions,
    long totalNanos,
    Map<String, Long> evidence,
    TraceId traceId,
    long spanId) {
  /** What was found. */
  public enum Kind {
    /** One statement again and again below one span, where one statement for all might do. */
    N_PLUS_ONE,
    /** A statement that is often slow. */
    SLOW_STATEMENT,
    /** A query that never returned a row. */
    EMPTY_STATEMENT
  }
}
