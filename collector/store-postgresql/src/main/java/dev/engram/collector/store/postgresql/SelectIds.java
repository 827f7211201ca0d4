package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.IdRange;
import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Ids that begin with some hex digits, in the order of their digits. */
final class SelectIds {
  private static final String MATCHES = " LIMIT 10";

  private SelectIds() {}

  static List<Long> fingerprints(String prefix, Connection connection) throws SQLException {
    return numbers(
        "WITH range AS (SELECT ?::bigint AS first, ?::bigint AS last) SELECT e.fingerprint AS id"
            + " FROM exception e, range WHERE e.fingerprint BETWEEN range.first AND range.last"
            + " UNION SELECT g.fingerprint FROM gone_exception g, range WHERE g.fingerprint BETWEEN"
            + " range.first AND range.last",
        prefix,
        connection);
  }

  static List<Long> decisions(String prefix, Connection connection) throws SQLException {
    return numbers(
        "SELECT DISTINCT decision_id AS id FROM decision WHERE decision_id BETWEEN ? AND ?",
        prefix,
        connection);
  }

  static List<Long> spans(String prefix, Connection connection) throws SQLException {
    return numbers(
        "WITH range AS (SELECT ?::bigint AS first, ?::bigint AS last)"
            + " SELECT s.span_id AS id FROM span s, range WHERE s.span_id BETWEEN first AND last"
            + " UNION SELECT s.span_id FROM range, begun s JOIN instance i ON i.id = s.instance"
            + " AND i.ended = 0 WHERE s.span_id BETWEEN first AND last",
        prefix,
        connection);
  }

  static List<TraceId> traces(String prefix, Connection connection) throws SQLException {
    IdRange.OfTrace range = IdRange.ofTrace(prefix).orElse(null);
    if (range == null) {
      return List.of();
    }
    IdRange high = range.high();
    IdRange low = range.low();
    String within = "s.trace_high BETWEEN ? AND ? AND s.trace_low BETWEEN ? AND ?";
    return Statements.select(
        connection,
        "SELECT trace_high, trace_low FROM (SELECT s.trace_high, s.trace_low FROM span s WHERE "
            + within
            + " UNION SELECT s.trace_high, s.trace_low FROM begun s JOIN instance i"
            + " ON i.id = s.instance AND i.ended = 0 WHERE "
            + within
            + ") ids ORDER BY trace_high < 0, trace_high, trace_low < 0, trace_low"
            + MATCHES,
        List.of(
            high.first(),
            high.last(),
            low.first(),
            low.last(),
            high.first(),
            high.last(),
            low.first(),
            low.last()),
        row -> new TraceId(row.getLong(1), row.getLong(2)));
  }

  private static List<Long> numbers(String ids, String prefix, Connection connection)
      throws SQLException {
    IdRange range = IdRange.of(prefix).orElse(null);
    if (range == null) {
      return List.of();
    }
    return Statements.select(
        connection,
        "SELECT id FROM (" + ids + ") ids ORDER BY id < 0, id" + MATCHES,
        List.of(range.first(), range.last()),
        row -> row.getLong(1));
  }
}
