package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.TraceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** Ids that begin with some hex digits, in the order of their digits. */
final class SelectIds {
  private static final String MATCHES = " LIMIT 10";
  private static final int DIGITS = 16;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{0,32}");

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
    if (!HEX.matcher(prefix).matches()) {
      return List.of();
    }
    boolean half = prefix.length() <= DIGITS;
    String high = half ? prefix : prefix.substring(0, DIGITS);
    String low = half ? "" : prefix.substring(DIGITS);
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
            first(high),
            last(high),
            first(low),
            last(low),
            first(high),
            last(high),
            first(low),
            last(low)),
        row -> new TraceId(row.getLong(1), row.getLong(2)));
  }

  private static List<Long> numbers(String ids, String prefix, Connection connection)
      throws SQLException {
    if (!HEX.matcher(prefix).matches() || prefix.length() > DIGITS) {
      return List.of();
    }
    return Statements.select(
        connection,
        "SELECT id FROM (" + ids + ") ids ORDER BY id < 0, id" + MATCHES,
        List.of(first(prefix), last(prefix)),
        row -> row.getLong(1));
  }

  /** The smallest number, as PostgreSQL orders them, whose digits begin so. */
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
