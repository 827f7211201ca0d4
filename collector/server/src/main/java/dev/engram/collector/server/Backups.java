package dev.engram.collector.server;

import dev.engram.collector.intake.Collector;
import dev.engram.collector.intake.HomeInUseException;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.postgresql.PostgresStore;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Copies of a memory, and whether it is sound; of one that is kept in SQLite. Stateless. */
public final class Backups {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private Backups() {}

  /**
   * Writes what is remembered at this moment into a new file, whether a collector runs or not.
   *
   * @throws HomeException when nothing is remembered, or not in SQLite
   * @throws dev.engram.collector.store.StoreException when it cannot be written
   */
  public static void write(Home home, Path target) {
    requireSqlite(home, "pg_dump --schema=engram --file=engram.sql -d the-database");
    Path file = SqliteStore.fileIn(home.folder());
    if (!Files.exists(file)) {
      throw new HomeException("nothing is remembered in " + home.folder() + " yet", null);
    }
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      store.backup(target);
    }
  }

  /**
   * Puts a backup in the place of what is remembered.
   *
   * @return where that is now; empty where there was nothing
   * @throws HomeException when a collector serves the home, or it is not kept in SQLite
   * @throws dev.engram.collector.store.StoreException when the backup cannot be used
   */
  public static Optional<Path> restore(Home home, Path backup, Clock clock) {
    requireSqlite(home, "psql -d the-database -f engram.sql, while no collector runs");
    String aside = "before-" + SECOND.format(clock.instant());
    Path file = SqliteStore.fileIn(home.prepare().folder());
    try {
      return Collector.unserved(home.folder(), () -> SqliteStore.restore(backup, file, aside));
    } catch (HomeInUseException served) {
      throw new HomeException(String.valueOf(served.getMessage()), served);
    } catch (IOException impossible) {
      throw new HomeException(
          "cannot take charge of " + home.folder() + " (" + impossible + ")", impossible);
    }
  }

  /** What is wrong with the store, a line each; in PostgreSQL rows are not looked at. */
  public static List<String> problems(Home home) {
    try (Store store = StoreFile.openReadOnly(home)) {
      if (store instanceof PostgresStore postgres) {
        return postgres.problems();
      }
      return store instanceof SqliteStore sqlite ? sqlite.problems() : List.of();
    }
  }

  private static void requireSqlite(Home home, String instead) {
    if (StoreFile.isElsewhere(home)) {
      throw new HomeException(
          "this memory is kept in PostgreSQL: use its own tools, such as " + instead, null);
    }
  }
}
