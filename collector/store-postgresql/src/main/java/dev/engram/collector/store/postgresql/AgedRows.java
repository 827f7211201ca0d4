package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Expiry;
import dev.engram.collector.store.Removal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Rows of one kind that go when they are old.
 *
 * @param kind as people are told
 * @param old before which time they are
 * @param condition that holds for those that are older than {@code :before} and may go
 * @param goes how the rows of a day do that are too old
 */
record AgedRows(
    String kind, String table, ToLongFunction<Cutoff> old, String condition, Goes goes) {
  /** How the rows of a day go. */
  enum Goes {
    /** All at once with the table, as soon as the many are too old. */
    FIRST,
    /** All at once with the table, when what lasts is too old. */
    LAST,
    /** One by one: some stay. */
    SINGLY
  }

  /** Spans that last. */
  static final String LASTING_SPANS = "category IN (" + quoted(Expiry.LASTING) + ")";

  private static final String TOLD_OF_DECISIONS =
      "SELECT target_id FROM %s WHERE time >= :before AND target = '" + Expiry.DECISION + "'";

  static final AgedRows ORDINARY_SPANS =
      new AgedRows(
          Kind.SPANS,
          "span",
          Cutoff::ordinary,
          "start < :before AND NOT " + LASTING_SPANS,
          Goes.FIRST);

  static final List<AgedRows> ALL =
      List.of(
          ORDINARY_SPANS,
          lasting(Kind.SPANS, "span", "start < :before AND " + LASTING_SPANS, Goes.LAST),
          lasting(Kind.EXCEPTIONS, "exception", "time < :before", Goes.LAST),
          lasting(Kind.PAYLOAD_PARTS, "payload_part", "time < :before", Goes.LAST),
          lasting(
              Kind.LIFECYCLE,
              "lifecycle",
              "time < :before AND instance IN (SELECT id FROM instance WHERE ended <> 0)",
              Goes.SINGLY),
          ordinary(Kind.MEASUREMENTS, "measurement"),
          ordinary(Kind.THROW_COUNTS, "throw_count"),
          lasting(
              Kind.DECISIONS,
              "decision",
              "time < :before AND lpad(to_hex(decision_id), 16, '0') NOT IN ("
                  + String.format(TOLD_OF_DECISIONS, "outcome")
                  + " UNION ALL "
                  + String.format(TOLD_OF_DECISIONS, "feedback")
                  + ")",
              Goes.SINGLY),
          lasting(Kind.OUTCOMES, "outcome", "time < :before", Goes.SINGLY),
          lasting(
              Kind.FEEDBACK,
              "feedback",
              "time < :before AND target IN (" + quoted(Expiry.PASSING) + ")",
              Goes.SINGLY),
          lasting(Kind.REMEDY_ATTEMPTS, "remedy_attempt", "time < :before", Goes.LAST));

  /** Parts of payloads whose span is old; such that are old themselves are not among them. */
  private static final String PARTS_OF_OLD_SPANS =
      "SELECT count(DISTINCT p.arrival) FROM span s JOIN span_payload r ON r.span = s.arrival"
          + " AND r.payload_id <> 0 JOIN payload_part p ON p.instance = s.instance"
          + " AND p.payload_id = r.payload_id AND p.time >= ?"
          + " WHERE (s.start < ? AND s."
          + LASTING_SPANS
          + ") OR (s.start < ? AND NOT s."
          + LASTING_SPANS
          + ")";

  private static final String OLD_ROLLUPS = "SELECT count(*) FROM request_rollup WHERE hour <= ?";

  private static AgedRows ordinary(String kind, String table) {
    return new AgedRows(kind, table, Cutoff::ordinary, "time < :before", Goes.FIRST);
  }

  private static AgedRows lasting(String kind, String table, String condition, Goes goes) {
    return new AgedRows(kind, table, Cutoff::lasting, condition, goes);
  }

  /** For a list of SQL. */
  static String quoted(Collection<String> texts) {
    return texts.stream().collect(Collectors.joining("', '", "'", "'"));
  }

  /** The condition for this time. */
  String older(Cutoff before) {
    return condition.replace(":before", Long.toString(old.applyAsLong(before)));
  }

  /** Whether none can be older. */
  boolean keepsAll(Cutoff before) {
    return old.applyAsLong(before) == Long.MIN_VALUE;
  }

  /** How many there are of each kind; kinds without any are left out. */
  static Map<String, Long> count(Cutoff before, Connection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (AgedRows rows : ALL) {
      if (!rows.keepsAll(before)) {
        String query = "SELECT count(*) FROM " + rows.table + " WHERE " + rows.older(before);
        counts.merge(rows.kind, number(connection, query), Long::sum);
      }
    }
    long lasting = before.lasting();
    long parts = number(connection, PARTS_OF_OLD_SPANS, lasting, lasting, before.ordinary());
    counts.merge(Kind.PAYLOAD_PARTS, parts, Long::sum);
    counts.put(Kind.REQUEST_ROLLUPS, number(connection, OLD_ROLLUPS, before.lastHour()));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static long number(Connection connection, String query, Object... parameters)
      throws SQLException {
    return Statements.select(connection, query, List.of(parameters), row -> row.getLong(1)).get(0);
  }
}
