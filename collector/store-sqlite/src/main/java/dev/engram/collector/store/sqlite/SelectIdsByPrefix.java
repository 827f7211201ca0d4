package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.TraceId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Ids that begin with some hex digits, in the order of their digits. */
final class SelectIdsByPrefix {
  private static final int MATCHES = 10;
  private static final int DIGITS = 16;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{0,32}");

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
    if (!HEX.matcher(prefix).matches()) {
      return List.of();
    }
    boolean half = prefix.length() <= DIGITS;
    String high = half ? prefix : prefix.substring(0, DIGITS);
    String low = half ? "" : prefix.substring(DIGITS);
    try (PreparedStatement statement =
            connection.prepare(
                "SELECT trace_high, trace_low FROM (SELECT trace_high, trace_low FROM span WHERE"
                    + " trace_high BETWEEN ?1 AND ?2 AND trace_low BETWEEN ?3 AND ?4 UNION"
                    + " SELECT s.trace_high, s.trace_low FROM begun s JOIN instance i"
                    + " ON i.id = s.instance AND i.ended = 0 WHERE s.trace_high BETWEEN ?1 AND ?2"
                    + " AND s.trace_low BETWEEN ?3 AND ?4) ORDER BY trace_high < 0, trace_high,"
                    + " trace_low < 0, trace_low LIMIT ?5",
                first(high),
                last(high),
                first(low),
                last(low),
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
    if (!HEX.matcher(prefix).matches() || prefix.length() > DIGITS) {
      return List.of();
    }
    try (PreparedStatement statement =
            connection.prepare(query, first(prefix), last(prefix), MATCHES);
        ResultSet row = statement.executeQuery()) {
      List<Long> ids = new ArrayList<>();
      while (row.next()) {
        ids.add(row.getLong(1));
      }
      return ids;
    }
  }

  /** The smallest number, as SQLite orders them, whose digits begin so. */
  private static long first(String prefix) {
    return prefix.isEmpty() ? Long.MIN_VALUE : padded(prefix, "0");
  }

  private static long last(String prefix) {
    return prefix.isEmpty() ? Long.MAX_VALUE : padded(prefix, "f");
  }

  private static long padded(String prefix, String digit) {
    return Long.parseUnsignedLong(prefix + digit.repeat(DIGITS - prefix.length()), 16);
  }
}
