package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the tables of a day before its first row. Confined to the writer. */
final class Partitions {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");

  /** Two collectors that make the tables of a day wait for one another. */
  private static final int LOCK = 0x454e4744;

  private @Nullable LocalDate made;

  /** Made in a transaction that has not ended. */
  private @Nullable LocalDate asked;

  /** In this transaction, sees to it that rows of this day can be stored. */
  void require(LocalDate day, Connection connection) throws SQLException {
    if (day.equals(made)) {
      return;
    }
    asked = day;
    lock(connection);
    for (String table : (Iterable<String>) Tables.byDay()::iterator) {
      if (!isThere(table(table, day), connection)) {
        make(table, day, connection);
      }
    }
  }

  private static boolean isThere(String name, Connection connection) throws SQLException {
    return Statements.select(
            connection,
            "SELECT to_regclass(?) IS NOT NULL",
            List.of(name),
            row -> row.getBoolean(1))
        .get(0);
  }

  /** Made first, and attached then: to make it as a part would wait until nobody reads any part. */
  private static void make(String table, LocalDate day, Connection connection) throws SQLException {
    String name = table(table, day);
    Statements.execute(
        connection,
        "CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES)".formatted(name, table));
    Statements.execute(
        connection,
        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
            .formatted(table, name, day, day.plusDays(1)));
  }

  /** Nobody else makes tables of a day until the transaction has ended. */
  static void lock(Connection connection) throws SQLException {
    Statements.execute(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
  }

  /** What the part of a table is called that has this day's rows. */
  static String table(String table, LocalDate day) {
    return table + "_" + DAY.format(day);
  }

  /** The day of such a name. */
  static LocalDate day(String name) {
    return LocalDate.parse(name.substring(name.lastIndexOf('_') + 1), DAY);
  }

  /** The transaction was committed. */
  void committed() {
    made = asked == null ? made : asked;
    asked = null;
  }

  /** Nothing is known any more: a failure may have taken them back. */
  void forget() {
    made = null;
    asked = null;
  }
}
