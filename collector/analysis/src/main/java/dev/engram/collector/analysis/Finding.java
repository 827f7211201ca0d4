package dev.engram.collector.analysis;

import dev.engram.collector.store.TraceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something about SQL statements or transactions that is worth a look, with what shows it.
 *
 * @param system {@code db.system.name}; empty when unknown
 * @param statement {@code db.query.text}; of a transaction that of its first statement, empty when
 *     that is not remembered
 * @param call what a transaction was open across; null for other kinds
 * @param executions that show it, of the statement or of the call
 * @param totalNanos what those took together
 * @param evidence further numbers by name, in the order in which to show them; names that end in
 *     {@code _ns} are nanoseconds
 * @param spanId where to look first: the slowest execution, the span above the executions, or the
 *     end of the transaction that was open for longest
 */
public record Finding(
    Kind kind,
    String service,
    String system,
    String statement,
    @Nullable Call call,
    long executions,
    long totalNanos,
    Map<String, Long> evidence,
    TraceId traceId,
    long spanId)
    implements Insight {
  /** What was found. */
  public enum Kind {
    /** One statement again and again below one span, where one statement for all might do. */
    N_PLUS_ONE,
    /** A statement that is often slow. */
    SLOW_STATEMENT,
    /** A query that never returned a row. */
    EMPTY_STATEMENT,
    /** A transaction that was kept open, with its connection and its locks, across a call. */
    CALL_IN_TRANSACTION
  }

  /**
   * A call of another system.
   *
   * @param request that it was made for, by its span's name; empty when there is none
   * @param name of the call
   * @param address {@code server.address}; empty when unknown
   * @param port {@code server.port}; 0 when unknown
   */
  public record Call(String request, String name, String address, long port) {}

  /** Slow is not broken. */
  @Override
  public Severity severity() {
    return Severity.NOTICE;
  }
}
