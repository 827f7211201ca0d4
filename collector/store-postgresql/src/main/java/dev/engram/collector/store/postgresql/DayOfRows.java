package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Removal.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The rows of one day. A table of which few rows stay is emptied and given those again: rows that
 * are deleted would leave their room to a table to which none are added. For one transaction, which
 * {@linkplain Days#hold holds} the day.
 */
final class DayOfRows {
  private final LocalDate day;
  private final Connection connection;

  DayOfRows(LocalDate day, Connection connection) {
    this.day = day;
    this.connection = connection;
  }

  /** Whether there are errors, spans that last, or parts of payloads of spans that came later. */
  boolean hasWhatLasts() throws SQLException {
    return exists("exception", "true")
        || exists("remedy_attempt", "true")
        || exists("span", AgedRows.LASTING_SPANS)
        || exists("payload_part", "(instance, payload_id) IN (" + laterSpokenOf() + ")");
  }

  /** Whether there are spans that do not last. */
  boolean hasOrdinarySpans() throws SQLException {
    return exists("span", "NOT " + AgedRows.LASTING_SPANS);
  }

  /**
   * Parts of other days that are of payloads of spans of this one, by arrival.
   *
   * @param condition on the spans, as {@code s}
   */
  List<Long> partsElsewhere(String condition) throws SQLException {
    String query =
        "SELECT p.arrival FROM "
            + table("span")
            + " s JOIN "
            + table("span_payload")
            + " r ON r.span = s.arrival AND r.payload_id <> 0 JOIN payload_part p"
            + " ON p.instance = s.instance AND p.payload_id = r.payload_id AND p.day <> date '"
            + day
            + "' WHERE "
            + condition;
    return Statements.select(connection, query, List.of(), row -> row.getLong(1));
  }

  /**
   * Writes down what is to stay when spans that do not last go, with all that hangs on them; how
   * many are to go, by kind.
   */
  Map<String, Long> copyWhatLasts() throws SQLException {
    long spans = copy("span", AgedRows.LASTING_SPANS);
    copy("span_payload", "span IN (SELECT arrival FROM kept_span)");
    long parts =
        copy(
            "payload_part",
            "(instance, payload_id) IN (SELECT s.instance, r.payload_id FROM kept_span_payload r"
                + " JOIN kept_span s ON s.arrival = r.span WHERE r.payload_id <> 0 UNION ALL "
                + laterSpokenOf()
                + ")");
    copy(
        "content",
        "hash IN (SELECT content FROM kept_span_payload WHERE content IS NOT NULL"
            + " UNION ALL SELECT content FROM kept_payload_part UNION ALL SELECT content FROM "
            + table("stack")
            + ")");
    return Map.of(Kind.SPANS, spans, Kind.PAYLOAD_PARTS, parts);
  }

  /** Takes out all that was not written down. Nobody may read. */
  void keepCopies() throws SQLException {
    for (String name : List.of("span", "span_payload", "payload_part", "content")) {
      Statements.execute(connection, "TRUNCATE " + table(name));
      Statements.execute(connection, "INSERT INTO " + table(name) + " SELECT * FROM kept_" + name);
    }
  }

  /** Payloads of spans of later days: a part may come before its span. */
  private String laterSpokenOf() {
    return "SELECT s.instance, r.payload_id FROM span_payload r"
        + " JOIN span s ON s.arrival = r.span AND s.day = r.day"
        + " WHERE r.payload_id <> 0 AND r.day > date '"
        + day
        + "'";
  }

  /** How many rows are not among them. */
  private long copy(String name, String condition) throws SQLException {
    Statements.execute(
        connection,
        "CREATE TEMP TABLE kept_"
            + name
            + " ON COMMIT DROP AS SELECT * FROM "
            + table(name)
            + " WHERE "
            + condition);
    return count(table(name)) - count("kept_" + name);
  }

  private boolean exists(String name, String condition) throws SQLException {
    String query = "SELECT 1 FROM " + table(name) + " WHERE " + condition + " LIMIT 1";
    return !Statements.select(connection, query, List.of(), row -> row.getLong(1)).isEmpty();
  }

  private long count(String table) throws SQLException {
    String query = "SELECT count(*) FROM " + table;
    return Statements.select(connection, query, List.of(), row -> row.getLong(1)).get(0);
  }

  private String table(String name) {
    return Partitions.table(name, day);
  }
}
