package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.IdRange;
import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Ids that begin with some hex digits, in the order of their digits. */
final class SelectIdsByPrefix {
  private static final int MATCHES = 10;

  private SelectIdsByPrefix() {}

  static List<Long> fingerprints(String prefix, ReadConnection connection) throws SQLException {
    return numbers(
        "SELECT fingerprint FROM (SELECT fingerprint FROM exception WHERE fingerprint BETWEEN"
            + " ?1 AND ?2 UNION SELECT fingerprint FROM gone_exception WHERE fingerprint BETWEEN"
            + " ?1 AND ?2) ORDER BY fingerprint < 0, fingerprint LIMIT ?3",
        prefix,
        connection);
  }

  static List<Long> spans(String prefix, ReadConnection connection) throws SQLException {
    return numbers(
        "SELECT span_id FROM (SELECT span_id FROM span WHERE span_id BETWEEN ?1 AND ?2 UNION"
            + " SELECT s.span_id FROM begun s JOIN instance i ON i.id = s.instance AND i.ended = 0"
            + " WHERE s.span_id BETWEEN ?1 AND ?2) ORDER BY span_id < 0, span_id LIMIT ?3",
        prefix,
        connection);
  }

  static List<Long> decisions(String prefix, ReadConnection connection) throws SQLException {
    return numbers(
        "SELECT DISTINCT decision_id FROM decision WHERE decision_id BETWEEN ? AND ?"
            + " ORDER BY decision_id < 0, decision_id LIMIT ?",
        prefix,
        connection);
  }

  static List<TraceId> traces(String prefix, ReadConnection connection) throws SQLException {
    IdRange.OfTrace range = IdRange.ofTrace(prefix).orElse(null);
    if (range == null) {
      return List.of();
    }
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT trace_high, trace_low FROM (SELECT trace_high, trace_low FROM span WHERE"
                    + " trace_high BETWEEN ?1 AND ?2 AND trace_low BETWEEN ?3 AND ?4 UNION"
                    + " SELECT s.trace_high, s.trace_low FROM begun s JOIN instance i"
                    + " ON i.id = s.instance AND i.ended = 0 WHERE s.trace_high BETWEEN ?1 AND ?2"
                    + " AND s.trace_low BETWEEN ?3 AND ?4) ORDER BY trace_high < 0, trace_high,"
                    + " trace_low < 0, trace_low LIMIT ?5",
                range.high().first(),
                range.high().last(),
                range.low().first(),
                range.low().last(),
                MATCHES);
        ResultSet row = statement.executeQuery()) {
      List<TraceId> ids = new ArrayList<>();
      while (row.next()) {
        ids.add(new TraceId(row.getLong(1), row.getLong(2)));
      }
      return ids;
    }
  }

  private static List<Long> numbers(String query, String prefix, ReadConnection connection)
      throws SQLException {
    IdRange range = IdRange.of(prefix).orElse(null);
    if (range == null) {
      return List.of();
    }
    try (PreparedStatement statement =
            connection.prepare(query, range.first(), range.last(), MATCHES);
        ResultSet row = statement.executeQuery()) {
      List<Long> ids = new ArrayList<>();
      while (row.next()) {
        ids.add(row.getLong(1));
      }
      return ids;
    }
  }
}
