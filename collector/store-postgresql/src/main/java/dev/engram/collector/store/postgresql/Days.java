package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.postgresql.AgedRows.Goes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of days. For one transaction that takes rows out. */
final class Days {
  private static final String NAMES =
      "SELECT c.relname FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid"
          + " JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace"
          + " WHERE n.nspname = '"
          + Schema.NAME
          + "' AND p.relkind = 'p' AND p.relname = '%s' ORDER BY c.relname";

  /** Those that go with the rows of the same day, without being counted. */
  private static final List<String> BESIDE = List.of("span_payload", "content", "stack", "search");

  /** Those that go as a whole, and are counted. */
  private static final Set<String> COUNTED =
      AgedRows.ALL.stream()
          .filter(aged -> aged.goes() != Goes.SINGLY)
          .map(AgedRows::table)
          .collect(Collectors.toCollection(LinkedHashSet::new));

  private static final String THERE =
      "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = '"
          + Schema.NAME
          + "' AND c.relname = ANY (?) ORDER BY c.relname";

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

  /** Nobody adds rows to the tables of a day that go as a whole until the transaction has ended. */
  void hold(LocalDate day) throws SQLException {
    List<String> tables = tablesOf(day, Stream.concat(COUNTED.stream(), BESIDE.stream()));
    Statements.execute(connection, "LOCK TABLE " + String.join(", ", tables) + " IN SHARE MODE");
  }

  /** How many rows the tables of a day have that go as a whole, by kind. */
  Map<String, Long> count(LocalDate day) throws SQLException {
    return count(day, aged -> aged.goes() != Goes.SINGLY);
  }

  /** The same of those that go as soon as the many are too old, but for spans. */
  Map<String, Long> countReadings(LocalDate day) throws SQLException {
    return count(day, Days::isReading);
  }

  /** Drops the tables of a day that go as a whole. */
  void drop(LocalDate day) throws SQLException {
    drop(tablesOf(day, Stream.concat(COUNTED.stream(), BESIDE.stream())));
  }

  /** The same of those that {@link #countReadings} counts. */
  void dropReadings(LocalDate day) throws SQLException {
    drop(tablesOf(day, AgedRows.ALL.stream().filter(Days::isReading).map(AgedRows::table)));
  }

  private static boolean isReading(AgedRows aged) {
    return aged.goes() == Goes.FIRST && !aged.equals(AgedRows.ORDINARY_SPANS);
  }

  /** Drops the tables of kinds that go row by row, before this day, and have none. */
  void dropEmpty(LocalDate until, Turns turns) throws SQLException {
    if (!empty(until).isEmpty()) {
      turns.dropping(connection);
      // Others may have added rows until nobody could any more.
      drop(empty(until));
    }
  }

  private List<String> empty(LocalDate until) throws SQLException {
    List<String> empty = new ArrayList<>();
    for (AgedRows aged : AgedRows.ALL) {
      if (aged.goes() == Goes.SINGLY) {
        for (String name : tablesOf(aged.table())) {
          if (Partitions.day(name).isBefore(until)
              && number("SELECT 1 FROM " + name + " LIMIT 1").isEmpty()) {
            empty.add(name);
          }
        }
      }
    }
    return empty;
  }

  /** Drops these, if there are any. */
  private void drop(List<String> tables) throws SQLException {
    if (!tables.isEmpty()) {
      Statements.execute(connection, "DROP TABLE " + String.join(", ", tables));
    }
  }

  private Map<String, Long> count(LocalDate day, Predicate<AgedRows> which) throws SQLException {
    Map<String, String> kinds = new TreeMap<>();
    AgedRows.ALL.stream().filter(which).forEach(aged -> kinds.put(aged.table(), aged.kind()));
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, String> entry : kinds.entrySet()) {
      for (String name : tablesOf(day, Stream.of(entry.getKey()))) {
        counts.put(entry.getValue(), number("SELECT count(*) FROM " + name).orElse(0L));
      }
    }
    return counts;
  }

  /** Those of these tables that this day has. */
  private List<String> tablesOf(LocalDate day, Stream<String> tables) throws SQLException {
    String[] names = tables.map(table -> Partitions.table(table, day)).toArray(String[]::new);
    return Statements.select(connection, THERE, List.of((Object) names), row -> row.getString(1));
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
