package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.CallInTransaction;
import dev.engram.collector.store.CallsInTransactions;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the executions of statements, and the transactions around them, came to. */
final class SelectStatements {
  private static final String FROM = " FROM span s JOIN instance i ON i.id = s.instance";

  /** The longest, and of as long ones the latest to arrive: arrays compare element by element. */
  private static final String SUMMARIES =
      "SELECT i.service, coalesce(s.db_system, ''), s.statement, count(*),"
          + " count(*) FILTER (WHERE s.status = 'error'), sum(s.duration),"
          + " percentile_disc(0.5) WITHIN GROUP (ORDER BY s.duration),"
          + " percentile_disc(0.95) WITHIN GROUP (ORDER BY s.duration),"
          + " count(s.returned_rows), count(*) FILTER (WHERE s.returned_rows = 0),"
          + " max(ARRAY[s.duration, s.arrival, s.trace_high, s.trace_low, s.span_id])"
          + FROM;

  private static final String BY_STATEMENT =
      " GROUP BY i.service, coalesce(s.db_system, ''), s.statement";

  private static final String REPEATED =
      "SELECT service, system, statement, count(*), sum(executions), sum(total),"
          + " max(ARRAY[executions, latest, trace_high, trace_low, parent_span_id]) FROM ("
          + "SELECT i.service, coalesce(s.db_system, '') AS system, s.statement, s.trace_high,"
          + " s.trace_low, s.parent_span_id, count(*) AS executions, sum(s.duration) AS total,"
          + " max(s.arrival) AS latest"
          + FROM;

  private static final String TRACES = "SELECT DISTINCT s.trace_high, s.trace_low" + FROM;

  private SelectStatements() {}

  static List<StatementSummary> summaries(StatementFilter filter, Connection connection)
      throws SQLException {
    Conditions conditions = executions(filter, connection);
    return limited(
        Statements.select(
            connection,
            SUMMARIES + conditions.where() + BY_STATEMENT,
            conditions.parameters(),
            SelectStatements::summary),
        StatementSummary.MOST_TIME_FIRST,
        filter.limit());
  }

  static List<RepeatedStatement> repeated(
      StatementFilter filter, int atLeast, Connection connection) throws SQLException {
    Conditions conditions = executions(filter, connection).and("s.parent_span_id <> 0");
    String below =
        " GROUP BY i.service, coalesce(s.db_system, ''), s.statement, s.instance, s.trace_high,"
            + " s.trace_low, s.parent_span_id HAVING count(*) >= "
            + atLeast
            + ") below GROUP BY service, system, statement";
    return limited(
        Statements.select(
            connection,
            REPEATED + conditions.where() + below,
            conditions.parameters(),
            SelectStatements::repeated),
        RepeatedStatement.MOST_TIME_FIRST,
        filter.limit());
  }

  /** Traces are read one after the other, those with an end of a transaction that is asked for. */
  static List<CallInTransaction> callsInTransactions(StatementFilter filter, Connection connection)
      throws SQLException {
    Conditions conditions =
        times(filter)
            .and("s.category = ?", SqlAttributes.CATEGORY)
            .and("s.kind = 'CLIENT' AND s.statement IS NULL")
            .and("jsonb_exists(s.attributes, ?)", CallsInTransactions.OPEN);
    List<TraceId> traces =
        Statements.select(
            connection,
            TRACES + conditions.where(),
            conditions.parameters(),
            row -> new TraceId(row.getLong(1), row.getLong(2)));
    Map<InstanceId, String> versions = new HashMap<>();
    SelectInstances.all(connection).forEach(it -> versions.put(it.id(), it.version()));
    CallsInTransactions calls =
        new CallsInTransactions(filter, instance -> versions.getOrDefault(instance, ""));
    for (TraceId trace : traces) {
      calls.add(SelectSpans.firstOfTrace(trace, CallsInTransactions.SPANS_OF_TRACE, connection));
    }
    return calls.summedUp();
  }

  private static Conditions executions(StatementFilter filter, Connection connection)
      throws SQLException {
    Conditions conditions =
        times(filter)
            .and("s.category = ?", SqlAttributes.CATEGORY)
            .and("s.statement IS NOT NULL AND s.duration >= 0")
            .andUnlessZero("s.duration >= ?", filter.minDurationNanos());
    return RowsThatMeet.addOfSpans(conditions, filter.where(), SpanColumns.ENDED_ALONE, connection);
  }

  private static Conditions times(StatementFilter filter) {
    return new Conditions()
        .andUnlessZero("s.start >= ?", filter.sinceEpochNanos())
        .andUnlessZero("s.start < ?", filter.untilEpochNanos())
        .andText("i.service", filter.service());
  }

  private static StatementSummary summary(ResultSet row) throws SQLException {
    Long[] slowest = longs(row, 11);
    return new StatementSummary(
        PostgresText.read(row.getString(1)),
        PostgresText.read(row.getString(2)),
        PostgresText.read(row.getString(3)),
        row.getLong(4),
        row.getLong(5),
        saturated(row, 6),
        slowest[0],
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        new TraceId(slowest[2], slowest[3]),
        slowest[4]);
  }

  private static RepeatedStatement repeated(ResultSet row) throws SQLException {
    Long[] most = longs(row, 7);
    return new RepeatedStatement(
        PostgresText.read(row.getString(1)),
        PostgresText.read(row.getString(2)),
        PostgresText.read(row.getString(3)),
        row.getLong(4),
        row.getLong(5),
        saturated(row, 6),
        most[0],
        new TraceId(most[2], most[3]),
        most[4]);
  }

  private static Long[] longs(ResultSet row, int column) throws SQLException {
    return (Long[]) row.getArray(column).getArray();
  }

  /** Sums are of numbers without an end. */
  private static long saturated(ResultSet row, int column) throws SQLException {
    return row.getBigDecimal(column).min(Numbers.MOST).longValue();
  }

  private static <T> List<T> limited(List<T> all, Comparator<T> order, int limit) {
    return all.stream().sorted(order).limit(limit == 0 ? Long.MAX_VALUE : limit).toList();
  }
}
