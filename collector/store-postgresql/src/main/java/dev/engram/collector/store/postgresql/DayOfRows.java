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
 * has come to its turn.
 */
final class DayOfRows {
  private final LocalDate day;
  private final Connection connection;

  DayOfRows(LocalDate day, Connection connection) {
    this.day = day;
    this.connection = connection;
  }

  /**
   * For the first statement of a transaction that reads: the rows that a cut leaves are written
   * anew, and whoever began to look before would see neither those nor the ones before.
   */
  static void awaitCut(Connection connection) throws SQLException {
    Statements.execute(connection, "LOCK TABLE removed IN ACCESS SHARE MODE");
  }

  /** Whether there are errors, or spans that last. */
  boolean hasWhatLasts() throws SQLException {
    return exists("exception", "true")
        || exists("remedy_attempt", "true")
        || exists("span", AgedRows.LASTING_SPANS);
  }

  /** Takes out spans that do not last, and all that hangs on them; how many went, by kind. */
  Map<String, Long> thinOut() throws SQLException {
    Statements.execute(connection, "LOCK TABLE removed IN ACCESS EXCLUSIVE MODE");
    long spans = keep("span", AgedRows.LASTING_SPANS);
    keep("span_payload", "span IN (SELECT arrival FROM " + table("span") + ")");
    long parts = keep("payload_part", "(instance, payload_id) IN (" + spokenOf() + ")");
    keep(
        "content",
        "hash IN (SELECT content FROM "
            + table("span_payload")
            + " WHERE content IS NOT NULL UNION ALL SELECT content FROM "
            + table("payload_part")
            + " UNION ALL SELECT content FROM "
            + table("stack")
            + ")");
    return Map.of(Kind.SPANS, spans, Kind.PAYLOAD_PARTS, parts);
  }

  /** Payloads that spans have; around midnight those of the next day. */
  private String spokenOf() {
    return "SELECT s.instance, r.payload_id FROM span_payload r"
        + " JOIN span s ON s.arrival = r.span AND s.day = r.day"
        + " WHERE r.payload_id <> 0 AND r.day BETWEEN date '%s' AND date '%s'"
            .formatted(day, day.plusDays(1));
  }

  /** Takes all other rows out of a table; how many. */
  private long keep(String name, String condition) throws SQLException {
    String table = table(name);
    long before = count(table);
    Statements.execute(
        connection,
        "CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM " + table + " WHERE " + condition);
    Statements.execute(connection, "TRUNCATE " + table);
    Statements.execute(connection, "INSERT INTO " + table + " SELECT * FROM kept");
    long gone = before - count("kept");
    Statements.execute(connection, "DROP TABLE kept");
    return gone;
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
