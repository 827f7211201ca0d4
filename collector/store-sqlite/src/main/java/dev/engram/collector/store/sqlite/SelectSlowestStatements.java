package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.StatementFilter;
import dev.engram.collector.store.StatementSummary;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Executions of SQL summed up by statement, most total time first. */
final class SelectSlowestStatements {
  /** One of no name is none. */
  static final String SYSTEM = " nullif(s.db_system, (SELECT id FROM word WHERE text = ''))";

  // The sums of the two halves of the durations cannot overflow, which would be an error.
  // rank and of count from 1 within one statement, by duration.
  private static final String SUMS =
      " SELECT service, db_system, statement, count(*), sum(error), sum(duration >> 32),"
          + " sum(duration & 0xffffffff), max(duration),"
          + " min(duration) FILTER (WHERE rank = (of + 1) / 2),"
          + " min(duration) FILTER (WHERE rank = (95 * of + 99) / 100),"
          + " count(returned_rows), count(*) FILTER (WHERE returned_rows = 0),"
          + " max(trace_high) FILTER (WHERE rank = of), max(trace_low) FILTER (WHERE rank = of),"
          + " max(span_id) FILTER (WHERE rank = of)"
          + " FROM ranked GROUP BY service, db_system, statement";

  private SelectSlowestStatements() {}

  static List<StatementSummary> by(StatementFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions = conditions(filter, connection);
    List<StatementSummary> statements = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepare(ranked(conditions) + SUMS, conditions.parametersAnd());
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        statements.add(read(row, connection.words));
      }
    }
    statements.sort(StatementSummary.MOST_TIME_FIRST);
    return filter.limit() == 0
        ? statements
        : statements.subList(0, Math.min(filter.limit(), statements.size()));
  }

  static Conditions conditions(StatementFilter filter, ReadConnection connection)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .and("s.statement IS NOT NULL")
            .and("s.duration >= 0")
            .andUnlessZero("s.start >= ?", filter.sinceEpochNanos())
            .andUnlessZero("s.start < ?", filter.untilEpochNanos())
            .andUnlessZero("s.duration >= ?", filter.minDurationNanos())
            .andWord("i.service", filter.service());
    return ConditionSql.add(conditions, filter.where(), FieldColumns.ENDED, connection);
  }

  private static String ranked(Conditions conditions) {
    return "WITH chosen AS (SELECT i.service,"
        + SYSTEM
        + " AS db_system, s.statement, s.duration,"
        + " s.returned_rows, s.trace_high, s.trace_low, s.span_id, s.arrival,"
        + " s.status = (SELECT id FROM word WHERE text = 'error') AS error"
        + " FROM span s CROSS JOIN instance i ON i.id = s.instance"
        + conditions.where()
        + "), ranked AS (SELECT *, row_number() OVER (PARTITION BY service, db_system, statement"
        + " ORDER BY duration, arrival) AS rank,"
        + " count(*) OVER (PARTITION BY service, db_system, statement) AS of FROM chosen)";
  }

  private static StatementSummary read(ResultSet row, WordTexts words) throws SQLException {
    long system = row.getLong(2);
    boolean unknown = row.wasNull();
    return new StatementSummary(
        words.text(row.getLong(1)),
        unknown ? "" : words.text(system),
        words.text(row.getLong(3)),
        row.getLong(4),
        row.getLong(5),
        total(row.getLong(6), row.getLong(7)),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        new TraceId(row.getLong(13), row.getLong(14)),
        row.getLong(15));
  }

  /** What the sums of the halves of many durations come to. */
  static long total(long highHalves, long lowHalves) {
    long high = highHalves + (lowHalves >>> 32);
    return high > Integer.MAX_VALUE ? Long.MAX_VALUE : high << 32 | (lowHalves & 0xffffffffL);
  }
}
