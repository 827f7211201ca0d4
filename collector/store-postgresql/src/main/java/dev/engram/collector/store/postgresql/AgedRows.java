package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows of one kind that go when they are old.
 *
 * @param kind as people are told
 * @param condition that holds for those that are older than {@code :before} and may go
 * @param whole whether all of a day go at once with its table
 */
record AgedRows(String kind, String table, String condition, boolean whole) {
  private static final String TOLD_OF_DECISIONS =
      "SELECT target_id FROM %s WHERE time >= :before AND target = '" + Expiry.DECISION + "'";

  static final List<AgedRows> ALL =
      List.of(
          new AgedRows(Kind.SPANS, "span", "start < :before", true),
          timed(Kind.EXCEPTIONS, "exception", true),
          timed(Kind.PAYLOAD_PARTS, "payload_part", true),
          new AgedRows(
              Kind.LIFECYCLE,
              "lifecycle",
              "time < :before AND instance IN (SELECT id FROM instance WHERE ended <> 0)",
              false),
          timed(Kind.MEASUREMENTS, "measurement", true),
          timed(Kind.THROW_COUNTS, "throw_count", true),
          new AgedRows(
              Kind.DECISIONS,
              "decision",
              "time < :before AND lpad(to_hex(decision_id), 16, '0') NOT IN ("
                  + String.format(TOLD_OF_DECISIONS, "outcome")
                  + " UNION ALL "
                  + String.format(TOLD_OF_DECISIONS, "feedback")
                  + ")",
              false),
          timed(Kind.OUTCOMES, "outcome", false),
          new AgedRows(
              Kind.FEEDBACK,
              "feedback",
              "time < :before AND target IN ("
                  + Expiry.PASSING.stream().collect(Collectors.joining("', '", "'", "'"))
                  + ")",
              false),
          timed(Kind.REMEDY_ATTEMPTS, "remedy_attempt", true));

  private static AgedRows timed(String kind, String table, boolean whole) {
    return new AgedRows(kind, table, "time < :before", whole);
  }

  /** The condition for this time. */
  String older(long before) {
    return condition.replace(":before", Long.toString(before));
  }

  /** How many there are of each kind; kinds without any are left out. */
  static Map<String, Long> count(long before, Connection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (AgedRows rows : ALL) {
      String query = "SELECT count(*) FROM " + rows.table + " WHERE " + rows.older(before);
      long count = Statements.select(connection, query, List.of(), row -> row.getLong(1)).get(0);
      if (count > 0) {
        counts.put(rows.kind, count);
      }
    }
    return counts;
  }
}
