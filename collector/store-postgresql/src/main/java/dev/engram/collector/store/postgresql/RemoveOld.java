package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.Removal;
import dev.engram.collector.store.Removal.Kind;
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

/**
 * Takes out what is old: the tables of one day, or, where all of a day may not go at once, some
 * rows. For one transaction, which has come to its turn.
 */
final class RemoveOld {
  private static final int ROWS = 1_000;

  private static final String NAMES =
      "SELECT c.relname FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid"
          + " JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace"
          + " WHERE n.nspname = '"
          + Schema.NAME
          + "' AND p.relkind = 'p' AND p.relname = '%s' ORDER BY c.relname";

  /** Those that go with the rows of the same day, without being counted. */
  private static final List<String> BESIDE = List.of("span_payload", "content", "stack", "search");

  private final Connection connection;
  private final RemoveRows rows;

  RemoveOld(Connection connection) {
    this.connection = connection;
    rows = new RemoveRows(connection);
  }

  /** One day, or some rows, of those before the day (UTC) of this time. */
  Removal step(long before, String reason) throws SQLException {
    LocalDate until = day(before);
    Optional<LocalDate> oldest = oldestDay();
    Removal removal =
        oldest.isPresent() && oldest.get().isBefore(until)
            ? dropDay(oldest.get())
            : removeRows(epochNanos(until));
    rows.note(reason, removal.rows());
    return removal;
  }

  /** The first day of which there is a table that goes as a whole. */
  Optional<LocalDate> oldestDay() throws SQLException {
    List<String> names = tablesOf("span");
    return names.isEmpty() ? Optional.empty() : Optional.of(dayOf(names.get(0)));
  }

  static LocalDate day(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, TimeUnit.SECONDS.toNanos(1));
    return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
  }

  static long epochNanos(LocalDate day) {
    return TimeUnit.DAYS.toNanos(day.toEpochDay());
  }

  private Removal dropDay(LocalDate day) throws SQLException {
    Statements.execute(connection, "SET LOCAL lock_timeout = '2s'");
    rows.rememberExceptionsOf(day);
    Map<String, Long> counts = new TreeMap<>();
    for (AgedRows aged : AgedRows.ALL) {
      if (aged.whole()) {
        counts.put(aged.kind(), drop(aged.table(), day, true));
      }
    }
    for (String table : BESIDE) {
      drop(table, day, false);
    }
    return new Removal(counts, true);
  }

  private long drop(String table, LocalDate day, boolean counted) throws SQLException {
    String name = Partitions.table(table, day);
    if (!tablesOf(table).contains(name)) {
      return 0;
    }
    long count = counted ? rows.select("SELECT count(*) FROM " + name).get(0) : 0;
    Statements.execute(connection, "DROP TABLE " + name);
    return count;
  }

  private Removal removeRows(long before) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    int left = ROWS;
    for (AgedRows aged : AgedRows.ALL) {
      List<Long> chosen =
          rows.select(
              "SELECT arrival FROM "
                  + aged.table()
                  + " WHERE "
                  + aged.older(before)
                  + " LIMIT "
                  + left);
      if (!chosen.isEmpty()) {
        if (aged.kind().equals(Kind.EXCEPTIONS)) {
          rows.rememberExceptions(chosen);
        }
        rows.remove(aged.table(), chosen);
        counts.put(aged.kind(), (long) chosen.size());
        left -= chosen.size();
      }
    }
    if (counts.isEmpty()) {
      dropEmptyDays(day(before));
    }
    return new Removal(counts, left == 0);
  }

  /** Of kinds that go row by row. */
  private void dropEmptyDays(LocalDate until) throws SQLException {
    for (AgedRows aged : AgedRows.ALL) {
      if (!aged.whole()) {
        for (String name : tablesOf(aged.table())) {
          if (dayOf(name).isBefore(until)
              && rows.select("SELECT 1 FROM " + name + " LIMIT 1").isEmpty()) {
            Statements.execute(connection, "DROP TABLE " + name);
          }
        }
      }
    }
  }

  private List<String> tablesOf(String table) throws SQLException {
    return Statements.select(
        connection, String.format(NAMES, table), List.of(), row -> row.getString(1));
  }

  private static LocalDate dayOf(String table) {
    return Partitions.day(table);
  }
}
