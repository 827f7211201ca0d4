package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.RepeatedStatement;
import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that ran again and again below one span, most total time first. */
final class SelectRepeatedStatements {
  private static final String BELOW_ONE_SPAN =
      "WITH below AS (SELECT i.service,"
          + SelectSlowestStatements.SYSTEM
          + " AS db_system, s.statement, s.trace_high, s.trace_low,"
          + " s.parent_span_id, count(*) AS executions, sum(s.duration >> 32) AS high,"
          + " sum(s.duration & 0xffffffff) AS low, max(s.arrival) AS latest"
          + " FROM span s CROSS JOIN instance i ON i.id = s.instance";

  // rank: from 1 within one statement, most executions first.
  private static final String BY_STATEMENT =
      " GROUP BY s.instance, s.trace_high, s.trace_low, s.parent_span_id,"
          + SelectSlowestStatements.SYSTEM
          + ", s.statement HAVING count(*) >= ?), ranked AS (SELECT *, row_number() OVER"
          + " (PARTITION BY service, db_system, statement ORDER BY executions DESC, latest DESC)"
          + " AS rank FROM below)"
          + " SELECT service, db_system, statement, count(*), sum(executions), sum(high), sum(low),"
          + " max(executions), max(trace_high) FILTER (WHERE rank = 1),"
          + " max(trace_low) FILTER (WHERE rank = 1),"
          + " max(parent_span_id) FILTER (WHERE rank = 1)"
          + " FROM ranked GROUP BY service, db_system, statement";

  private SelectRepeatedStatements() {}

  static List<RepeatedStatement> by(StatementFilter filter, int atLeast, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        SelectSlowestStatements.conditions(filter, connection).and("s.parent_span_id <> 0");
    List<RepeatedStatement> found = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepare(
                BELOW_ONE_SPAN + conditions.where() + BY_STATEMENT,
                conditions.parametersAnd((long) atLeast));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        found.add(read(row, connection.words));
      }
    }
    found.sort(RepeatedStatement.MOST_TIME_FIRST);
    return filter.limit() == 0 ? found : found.subList(0, Math.min(filter.limit(), found.size()));
  }

  private static RepeatedStatement read(ResultSet row, WordTexts words) throws SQLException {
    long system = row.getLong(2);
    boolean unknown = row.wasNull();
    return new RepeatedStatement(
        words.text(row.getLong(1)),
        unknown ? "" : words.text(system),
        words.text(row.getLong(3)),
        row.getLong(4),
        row.getLong(5),
        SelectSlowestStatements.total(row.getLong(6), row.getLong(7)),
        row.getLong(8),
        new TraceId(row.getLong(9), row.getLong(10)),
        row.getLong(11));
  }
}
