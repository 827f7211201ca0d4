package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
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
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      for (String table : (Iterable<String>) Tables.byDay()::iterator) {
        statement.execute(
            "CREATE TABLE IF NOT EXISTS %s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')"
                .formatted(table(table, day), table, day, day.plusDays(1)));
      }
    }
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
