package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal.Kind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Rows of one kind that go when they are old.
 *
 * @param kind as people are told
 * @param old before which time they are
 * @param condition that holds for those that are older than {@code ?1} and may go
 */
record AgedRows(String kind, String table, ToLongFunction<Cutoff> old, String condition) {
  private static final String TOLD_OF_DECISIONS =
      " SELECT target_id FROM %s WHERE time >= ?1 AND target = (SELECT id FROM word WHERE text = '"
          + Expiry.DECISION
          + "')";

  /** Spans that do not last; {@link OrdinarySpans} finds them. */
  private static final AgedRows ORDINARY_SPANS =
      new AgedRows(Kind.SPANS, "span", Cutoff::ordinary, "start < ?1 AND rare IS NULL");

  /** All others; those of spans that last by their start: when others have gone, all are. */
  static final List<AgedRows> OTHERS =
      List.of(
          lasting(Kind.SPANS, "span", "start < ?1 AND +rare = 1"),
          lasting(Kind.EXCEPTIONS, "exception", "time < ?1"),
          lasting(Kind.PAYLOAD_PARTS, "payload_part", "time < ?1"),
          lasting(
              Kind.LIFECYCLE,
              "lifecycle",
              "time < ?1 AND instance IN (SELECT id FROM instance WHERE ended <> 0)"),
          new AgedRows(Kind.MEASUREMENTS, "measurement", Cutoff::ordinary, "time < ?1"),
          new AgedRows(Kind.THROW_COUNTS, "throw_count", Cutoff::ordinary, "time < ?1"),
          lasting(
              Kind.DECISIONS,
              "decision",
              "time < ?1 AND printf('%016x', decision_id) NOT IN ("
                  + String.format(TOLD_OF_DECISIONS, "outcome")
                  + " UNION ALL"
                  + String.format(TOLD_OF_DECISIONS, "feedback")
                  + ")"),
          lasting(Kind.OUTCOMES, "outcome", "time < ?1"),
          lasting(
              Kind.FEEDBACK,
              "feedback",
              "time < ?1 AND target IN (SELECT id FROM word WHERE text IN ("
                  + Expiry.PASSING.stream().collect(Collectors.joining("', '", "'", "'"))
                  + "))"),
          lasting(Kind.REMEDY_ATTEMPTS, "remedy_attempt", "time < ?1"));

  /** Tables whose rows are summed up in blocks. */
  static final Set<String> SUMMED = Set.of("span", "exception");

  /** The time of the oldest of the many, but for spans; NULL where there are none. */
  static final String OLDEST_ORDINARY =
      "SELECT min(time) FROM (SELECT min(time) AS time FROM measurement"
          + " UNION ALL SELECT min(time) FROM throw_count)";

  /** The time of the oldest of those that most of the lasting are; NULL where there are none. */
  static final String OLDEST_LASTING =
      "SELECT min(time) FROM (SELECT (SELECT s.start FROM span s WHERE s.category = w.id"
          + " AND s.rare = 1 ORDER BY s.start LIMIT 1) AS time FROM word w WHERE w.text IN ('"
          + String.join("', '", Expiry.LASTING)
          + "')"
          + " UNION ALL SELECT min(time) FROM exception"
          + " UNION ALL SELECT min(time) FROM payload_part"
          + " UNION ALL SELECT min(time) FROM remedy_attempt)";

  /**
   * Parts of payloads whose span is old, before {@code ?1}, or before {@code ?2} where it lasts;
   * such that are old themselves are not among them.
   */
  static final String PARTS_OF_OLD_SPANS =
      "SELECT count(DISTINCT p.arrival) FROM span s JOIN span_payload r ON r.span = s.arrival"
          + " AND r.payload_id <> 0 JOIN payload_part p ON p.instance = s.instance"
          + " AND p.payload_id = r.payload_id AND p.time >= ?2"
          + " WHERE s.start < CASE WHEN s.rare = 1 THEN ?2 ELSE ?1 END";

  private static final String OLD_ROLLUPS = "SELECT count(*) FROM request_rollup WHERE hour <= ?1";

  private static AgedRows lasting(String kind, String table, String condition) {
    return new AgedRows(kind, table, Cutoff::lasting, condition);
  }

  /** Selects the arrivals of at most {@code ?2} of them. */
  String select() {
    return "SELECT arrival FROM " + table + " WHERE " + condition + " LIMIT ?2";
  }

  /** How many there are of each kind; kinds without any are left out. */
  static Map<String, Long> count(Cutoff before, ReadConnection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    ORDINARY_SPANS.count(before, counts, connection);
    for (AgedRows rows : OTHERS) {
      rows.count(before, counts, connection);
    }
    long parts = number(connection, PARTS_OF_OLD_SPANS, before.ordinary(), before.lasting());
    counts.merge(Kind.PAYLOAD_PARTS, parts, Long::sum);
    counts.put(Kind.REQUEST_ROLLUPS, number(connection, OLD_ROLLUPS, before.lastHour()));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private void count(Cutoff before, Map<String, Long> counts, ReadConnection connection)
      throws SQLException {
    String query = "SELECT count(*) FROM " + table + " WHERE " + condition;
    counts.merge(kind, number(connection, query, old.applyAsLong(before)), Long::sum);
  }

  private static long number(ReadConnection connection, String query, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepare(query, parameters);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
