package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.CallsInTransactions;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls that transactions were kept open across. Whole traces are read, but only those with a call
 * between the beginning of a transaction and its end.
 */
final class SelectCallsInTransactions {
  /** Each end of a transaction, s, with each call, c, that began before it in the same trace. */
  private static final String CALLS_BEFORE_ENDS =
      "SELECT s.trace_high, s.trace_low, s.start, s.duration, s.attributes, c.start, c.duration"
          + " FROM span s CROSS JOIN instance i ON i.id = s.instance"
          + " JOIN span c ON c.trace_high = s.trace_high AND c.trace_low = s.trace_low";

  private SelectCallsInTransactions() {}

  static List<CallInTransaction> by(StatementFilter filter, ReadConnection connection)
      throws SQLException {
    CallsInTransactions calls = new CallsInTransactions(filter);
    for (TraceId trace : traces(filter, connection)) {
      calls.add(SelectSpans.trace(trace, connection));
    }
    return calls.summedUp();
  }

  private static Set<TraceId> traces(StatementFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions = conditions(filter);
    Set<TraceId> traces = new HashSet<>();
    try (PreparedStatement statement =
            connection.prepare(CALLS_BEFORE_ENDS + conditions.where(), conditions.parametersAnd());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        TraceId trace = new TraceId(row.getLong(1), row.getLong(2));
        if (!traces.contains(trace) && isDuring(row, connection.words)) {
          traces.add(trace);
        }
      }
    }
    return traces;
  }

  private static Conditions conditions(StatementFilter filter) {
    return new Conditions()
        .and("s.statement IS NULL")
        .andWord("s.category", Encoding.SQL_CATEGORY)
        .andWord("s.kind", "CLIENT")
        .andUnlessZero("s.start >= ?", filter.sinceEpochNanos())
        .andUnlessZero("s.start < ?", filter.untilEpochNanos())
        .andWord("i.service", filter.service())
        .and("c.instance = s.instance")
        .and("c.start <= s.start")
        .andWord("c.kind", "CLIENT")
        .and("c.category <> s.category");
  }

  private static boolean isDuring(ResultSet row, WordTexts words) throws SQLException {
    Object open = AttributeBlob.decode(row.getBytes(5), words).get(CallsInTransactions.OPEN);
    return open instanceof Long openNanos
        && CallsInTransactions.isDuring(
            row.getLong(6), row.getLong(7), row.getLong(3), row.getLong(4), openNanos);
  }
}
