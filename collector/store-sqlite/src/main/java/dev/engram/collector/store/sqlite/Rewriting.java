package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Writes the file anew, in place: without free room, and without what rows that were taken out have
 * left in it, in the index of words, or in the log. Other connections may read meanwhile, and write
 * afterwards.
 */
final class Rewriting {
  /** What is written lies beside the file first, and then in the log. */
  private static final int COPIES = 2;

  private Rewriting() {}

  static void of(DatabaseFile file) throws SQLException {
    try (Connection connection = file.openToRewrite();
        Statement statement = connection.createStatement()) {
      requireRoom(file, connection);
      statement.executeUpdate("INSERT INTO search (search) VALUES ('optimize')");
      statement.executeUpdate("PRAGMA auto_vacuum = " + DatabaseFile.INCREMENTAL);
      statement.executeUpdate("VACUUM");
      emptyLog(file, statement);
    }
  }

  private static void requireRoom(DatabaseFile file, Connection connection) throws SQLException {
    long needed = COPIES * DiskUse.bytes(connection);
    long room = file.room();
    if (room < needed) {
      throw new StoreException(
          Kind.UNAVAILABLE,
          file.path()
              + " cannot be written anew: that needs "
              + (needed >> 20)
              + " MiB free on its disk, "
              + (room >> 20)
              + " are. Free some space and run the command again",
          null);
    }
  }

  private static void emptyLog(DatabaseFile file, Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (row.next() && row.getInt(1) != 0) {
        throw new StoreException(
            Kind.OVERLOADED,
            file.path()
                + " is being read: what was removed is in its log until the reader has ended; run"
                + " the command again then",
            null);
      }
    }
  }
}
