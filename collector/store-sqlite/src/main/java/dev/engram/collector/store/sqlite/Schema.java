package dev.engram.collector.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The versions of the tables. Version n is made from version n - 1 by {@code schema/000n.sql}; a
 * file that was released is never edited. The version stands in the database's {@code
 * user_version}, and {@code application_id} says that it is ours.
 */
final class Schema {
  static final int VERSION = 13;

  /** "ENGR". */
  static final int APPLICATION_ID = 0x454e4752;

  private Schema() {}

  /** Refuses a database of another program or of a newer version; reads only. */
  static void requireOurs(Connection connection, Path file) throws SQLException {
    if (!isBlank(connection) && number(connection, "PRAGMA application_id") != APPLICATION_ID) {
      throw Failures.foreign(file);
    }
    int version = version(connection);
    if (version > VERSION) {
      throw Failures.newer(file, version, VERSION);
    }
  }

  /** Brings the tables to this version, in one transaction. */
  static void upgrade(Connection connection) throws SQLException {
    if (version(connection) == VERSION) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // Asked again inside the transaction: another process may have been quicker.
      for (int version = version(connection) + 1; version <= VERSION; version++) {
        for (String part : script(version).split(";\\s*\n")) {
          statement.executeUpdate(part);
        }
        statement.executeUpdate("PRAGMA user_version = " + version);
      }
      statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
    }
    connection.setAutoCommit(true);
  }

  /** Whether it has no tables: nobody has made anything of the file yet. */
  static boolean isBlank(Connection connection) throws SQLException {
    return number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  static int version(Connection connection) throws SQLException {
    return (int) number(connection, "PRAGMA user_version");
  }

  /** The first value of the answer; 0 where there is none. */
  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static String script(int version) {
    String name = String.format("schema/%04d.sql", version);
    try (InputStream script = Schema.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name, unreadable);
    }
  }
}
