package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.CallsInTransactions;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Calls that transactions were kept open across. Each end of a transaction and each call beside it
 * are read once, trace by trace; more is read only of traces where a call began in a transaction.
 */
final class SelectCallsInTransactions {
  /**
   * Which traces have an end of a transaction that the filter takes. Without the signs SQLite would
   * read all spans by the index on traces, for the sake of its order.
   */
  private static final String TRACES =
      "WITH trace AS MATERIALIZED (SELECT DISTINCT +s.trace_high AS trace_high,"
          + " +s.trace_low AS trace_low FROM span s CROSS JOIN instance i ON i.id = s.instance";

  /** All ends and calls of those, the ones of a trace behind one another. */
  private static final String ENDS_AND_CALLS =
      ") SELECT c.trace_high, c.trace_low, c.instance, c.category, c.start, c.duration,"
          + " c.attributes FROM trace t CROSS JOIN span c"
          + " ON c.trace_high = t.trace_high AND c.trace_low = t.trace_low";

  private SelectCallsInTransactions() {}

  static List<CallInTransaction> by(StatementFilter filter, ReadConnection connection)
      throws SQLException {
    CallsInTransactions calls = new CallsInTransactions(filter, versions(filter, connection));
    try (PreparedStatement statement = endsAndCalls(filter, connection);
        ResultSet row = statement.executeQuery()) {
      TraceSketch sketch = new TraceSketch(TraceId.NONE);
      while (row.next()) {
        TraceId trace = new TraceId(row.getLong(1), row.getLong(2));
        if (!trace.equals(sketch.trace())) {
          add(sketch, calls, connection);
          sketch = new TraceSketch(trace);
        }
        add(row, sketch, connection.words);
      }
      add(sketch, calls, connection);
    }
    return calls.summedUp();
  }

  /** Nobody asks for them where nothing else must be met. */
  private static Function<InstanceId, String> versions(
      StatementFilter filter, ReadConnection connection) throws SQLException {
    if (filter.where().isAny()) {
      return instance -> "";
    }
    Map<InstanceId, String> versions = new HashMap<>();
    for (Instance instance : SelectInstances.all(connection)) {
      versions.put(instance.id(), instance.version());
    }
    return instance -> versions.getOrDefault(instance, "");
  }

  private static PreparedStatement endsAndCalls(StatementFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions ofEnds =
        new Conditions()
            .and("s.statement IS NULL")
            .andWord("s.category", Encoding.SQL_CATEGORY)
            .andWord("s.kind", "CLIENT")
            .andUnlessZero("s.start >= ?", filter.sinceEpochNanos())
            .andUnlessZero("s.start < ?", filter.untilEpochNanos())
            .andWord("i.service", filter.service());
    ConditionSql.add(ofEnds, filter.where(), FieldColumns.ENDED, connection);
    // Statements alone have a text there.
    Conditions ofBoth = new Conditions().and("c.statement IS NULL").andWord("c.kind", "CLIENT");
    return connection.prepare(
        TRACES + ofEnds.where() + ENDS_AND_CALLS + ofBoth.where(),
        ofEnds.parametersAnd(ofBoth.parametersAnd().toArray()));
  }

  private static void add(ResultSet row, TraceSketch sketch, WordTexts words) throws SQLException {
    long instance = row.getLong(3);
    long start = row.getLong(5);
    if (!words.text(row.getLong(4)).equals(Encoding.SQL_CATEGORY)) {
      sketch.addCall(instance, start);
    } else if (AttributeBlob.decode(row.getBytes(7), words).get(CallsInTransactions.OPEN)
        instanceof Long open) {
      sketch.addEnd(instance, CallsInTransactions.opened(start, row.getLong(6), open), start);
    }
  }

  private static void add(TraceSketch sketch, CallsInTransactions calls, ReadConnection connection)
      throws SQLException {
    if (sketch.hasCallInTransaction()) {
      calls.add(
          SelectSpans.firstOfTrace(sketch.trace(), CallsInTransactions.SPANS_OF_TRACE, connection));
    }
  }
}
