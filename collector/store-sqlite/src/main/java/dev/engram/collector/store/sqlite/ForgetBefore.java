package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Cutoff;
import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
import dev.engram.collector.store.Removed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes out everything before a time, some rows at a time. Confined to the writer. */
final class ForgetBefore {
  private static final int ROWS = 1_000;

  private record Rows(String kind, String table, String condition) {}

  private static final List<Rows> ALL =
      List.of(
          new Rows(Kind.SPANS, "span", "start < ?1"),
          timed(Kind.EXCEPTIONS, "exception"),
          timed(Kind.PAYLOAD_PARTS, "payload_part"),
          new Rows(
              Kind.LIFECYCLE,
              "lifecycle",
              "time < ?1 AND instance IN (SELECT id FROM instance WHERE ended <> 0)"),
          timed(Kind.MEASUREMENTS, "measurement"),
          timed(Kind.THROW_COUNTS, "throw_count"),
          timed(Kind.DECISIONS, "decision"),
          timed(Kind.OUTCOMES, "outcome"),
          timed(Kind.FEEDBACK, "feedback"),
          timed(Kind.REMEDY_ATTEMPTS, "remedy_attempt"),
          timed(Kind.KNOWLEDGE, "knowledge"));

  private static final String OLD_HOURS = " FROM request_rollup WHERE hour <= ?1";
  private static final String GONE = " FROM gone_exception WHERE last < ?1";

  private final Connection connection;
  private final long before;
  private final Victims victims;

  ForgetBefore(long before, Connection connection) throws SQLException {
    this.before = before;
    this.connection = connection;
    victims = new Victims(connection);
  }

  /** How many rows would go, by kind. */
  Removal count() throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (Rows rows : ALL) {
      counts.put(rows.kind, number(" FROM " + rows.table + " WHERE " + rows.condition, before));
    }
    counts.merge(Kind.PAYLOAD_PARTS, first(AgedRows.PARTS_OF_OLD_SPANS, before, before), Long::sum);
    counts.put(Kind.REQUEST_ROLLUPS, number(OLD_HOURS, Cutoff.of(before).lastHour()));
    counts.put(Kind.EXCEPTION_ROLLUPS, number(GONE, before));
    return new Removal(counts, false);
  }

  /** Takes some out, within a transaction; at last what had been left of others. */
  Removal step() throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    int left = ROWS;
    for (Rows rows : ALL) {
      String select =
          "SELECT arrival FROM " + rows.table + " WHERE " + rows.condition + " LIMIT ?2";
      int chosen = left == 0 ? 0 : victims.choose(select, before, left);
      if (chosen > 0) {
        victims
            .remove(rows.kind, rows.table)
            .forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        left -= chosen;
      }
    }
    if (left > 0) {
      counts.put(Kind.REQUEST_ROLLUPS, delete(OLD_HOURS, Cutoff.of(before).lastHour()));
      counts.put(Kind.EXCEPTION_ROLLUPS, delete(GONE, before));
      victims.update("UPDATE begun SET " + Forget.BARE + " WHERE start < ?1", List.of(before));
    }
    Removal removal = new Removal(counts, left == 0);
    RemoveOld.note(Removed.FORGOTTEN, removal.rows(), victims);
    return removal;
  }

  private static Rows timed(String kind, String table) {
    return new Rows(kind, table, "time < ?1");
  }

  private long delete(String which, long parameter) throws SQLException {
    return victims.update("DELETE" + which, List.of(parameter));
  }

  private long number(String which, long parameter) throws SQLException {
    return first("SELECT count(*)" + which, parameter);
  }

  private long first(String query, long... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
