package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.postgresql.AgedRows.Goes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The tables of days. For one transaction, which has come to its turn. */
final class Days {
  private static final String NAMES =
      "SELECT c.relname FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid"
          + " JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace"
          + " WHERE n.nspname = '"
          + Schema.NAME
          + "' AND p.relkind = 'p' AND p.relname = '%s' ORDER BY c.relname";

  /** Those that go with the rows of the same day, without being counted. */
  private static final List<String> BESIDE = List.of("span_payload", "content", "stack", "search");

  private final Connection connection;

  Days(Connection connection) {
    this.connection = connection;
  }

  /** The day (UTC) of a time. */
  static LocalDate of(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, TimeUnit.SECONDS.toNanos(1));
    return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
  }

  /** When a day begins. */
  static long begin(LocalDate day) {
    return TimeUnit.DAYS.toNanos(day.toEpochDay());
  }

  /** The first of which there is a table that goes as a whole. */
  Optional<LocalDate> oldest() throws SQLException {
    return oldestOf("span");
  }

  /** The first of which not only what lasts is there. */
  Optional<LocalDate> oldestWhole() throws SQLException {
    return oldestOf("measurement");
  }

  /** Drops the tables of a day that go as a whole; how many rows they had, by kind. */
  Map<String, Long> drop(LocalDate day) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (AgedRows aged : AgedRows.ALL) {
      if (aged.goes() != Goes.SINGLY) {
        counts.merge(aged.kind(), drop(aged.table(), day), Long::sum);
      }
    }
    for (String table : BESIDE) {
      drop(table, day);
    }
    return counts;
  }

  /** Drops one; how many rows it had. */
  long drop(String table, LocalDate day) throws SQLException {
    String name = Partitions.table(table, day);
    if (!tablesOf(table).contains(name)) {
      return 0;
    }
    long count = BESIDE.contains(table) ? 0 : number("SELECT count(*) FROM " + name).orElse(0L);
    Statements.execute(connection, "DROP TABLE " + name);
    return count;
  }

  /** Those of kinds that go row by row, before this day. */
  void dropEmpty(LocalDate until) throws SQLException {
    for (AgedRows aged : AgedRows.ALL) {
      if (aged.goes() == Goes.SINGLY) {
        for (String name : tablesOf(aged.table())) {
          if (Partitions.day(name).isBefore(until)
              && number("SELECT 1 FROM " + name + " LIMIT 1").isEmpty()) {
            Statements.execute(connection, "DROP TABLE " + name);
          }
        }
      }
    }
  }

  private Optional<LocalDate> oldestOf(String table) throws SQLException {
    return tablesOf(table).stream().findFirst().map(Partitions::day);
  }

  private List<String> tablesOf(String table) throws SQLException {
    return Statements.select(
        connection, String.format(NAMES, table), List.of(), row -> row.getString(1));
  }

  private Optional<Long> number(String query) throws SQLException {
    return Statements.select(connection, query, List.of(), row -> row.getLong(1)).stream()
        .findFirst();
  }
}
