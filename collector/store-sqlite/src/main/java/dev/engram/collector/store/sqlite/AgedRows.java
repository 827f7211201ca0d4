package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal.Kind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows of one kind that go when they are old.
 *
 * @param kind as people are told
 * @param condition that holds for those that are older than {@code ?1} and may go
 */
record AgedRows(String kind, String table, String condition) {
  private static final String TOLD_OF_DECISIONS =
      " SELECT target_id FROM %s WHERE time >= ?1 AND target = (SELECT id FROM word WHERE text = '"
          + Expiry.DECISION
          + "')";

  static final List<AgedRows> ALL =
      List.of(
          new AgedRows(Kind.SPANS, "span", "start < ?1"),
          new AgedRows(Kind.EXCEPTIONS, "exception", "time < ?1"),
          new AgedRows(Kind.PAYLOAD_PARTS, "payload_part", "time < ?1"),
          new AgedRows(
              Kind.LIFECYCLE,
              "lifecycle",
              "time < ?1 AND instance IN (SELECT id FROM instance WHERE ended <> 0)"),
          new AgedRows(Kind.MEASUREMENTS, "measurement", "time < ?1"),
          new AgedRows(Kind.THROW_COUNTS, "throw_count", "time < ?1"),
          new AgedRows(
              Kind.DECISIONS,
              "decision",
              "time < ?1 AND printf('%016x', decision_id) NOT IN ("
                  + String.format(TOLD_OF_DECISIONS, "outcome")
                  + " UNION ALL"
                  + String.format(TOLD_OF_DECISIONS, "feedback")
                  + ")"),
          new AgedRows(Kind.OUTCOMES, "outcome", "time < ?1"),
          new AgedRows(
              Kind.FEEDBACK,
              "feedback",
              "time < ?1 AND target IN (SELECT id FROM word WHERE text IN ("
                  + Expiry.PASSING.stream().collect(Collectors.joining("', '", "'", "'"))
                  + "))"),
          new AgedRows(Kind.REMEDY_ATTEMPTS, "remedy_attempt", "time < ?1"));

  /** The time of the oldest of those that most rows are; NULL where there are none. */
  static final String OLDEST =
      "SELECT min(time) FROM (SELECT min(start) AS time FROM span"
          + " UNION ALL SELECT min(time) FROM exception"
          + " UNION ALL SELECT min(time) FROM payload_part"
          + " UNION ALL SELECT min(time) FROM measurement"
          + " UNION ALL SELECT min(time) FROM throw_count"
          + " UNION ALL SELECT min(time) FROM remedy_attempt)";

  /** Selects the arrivals of at most {@code ?2} of them. */
  String select() {
    return "SELECT arrival FROM " + table + " WHERE " + condition + " LIMIT ?2";
  }

  /** How many there are of each kind; kinds without any are left out. */
  static Map<String, Long> count(long before, ReadConnection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (AgedRows rows : ALL) {
      String query = "SELECT count(*) FROM " + rows.table + " WHERE " + rows.condition;
      try (PreparedStatement statement = connection.prepare(query, before);
          ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getLong(1) > 0) {
          counts.put(rows.kind, row.getLong(1));
        }
      }
    }
    return counts;
  }
}
