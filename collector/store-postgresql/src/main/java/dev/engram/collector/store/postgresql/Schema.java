package dev.engram.collector.store.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The versions of the tables. Version n is made from version n - 1 by {@code schema/000n.sql}; a
 * file that was released is never edited. The version stands in the table {@code engram_schema},
 * which says too that the tables are ours.
 */
final class Schema {
  static final int VERSION = 5;

  static final String UNICODE = "UTF8";

  /** The schema of the database in which the tables are. */
  static final String NAME = "engram";

  /** "ENGR": two collectors that begin at once wait for one another. */
  private static final int LOCK = 0x454e4752;

  private Schema() {}

  /**
   * Makes the tables, or brings them to this version; refuses what is not ours or newer, and to
   * begin where some texts could not be kept.
   */
  static void upgrade(Connection connection, PostgresAddress address) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + NAME);
      int version = version(connection, address);
      if (version > VERSION) {
        throw Failures.newer(address, version);
      }
      if (version == 0) {
        requireUnicode(connection, address);
      }
      if (version < VERSION) {
        Connections.unhurried(connection);
      }
      for (int next = version + 1; next <= VERSION; next++) {
        make(next, statement);
      }
    }
  }

  private static void make(int version, Statement statement) throws SQLException {
    statement.execute(script(version));
    statement.execute("CREATE TABLE IF NOT EXISTS engram_schema (version integer NOT NULL)");
    statement.execute("DELETE FROM engram_schema");
    statement.execute("INSERT INTO engram_schema VALUES (" + version + ")");
  }

  /** Refuses any other version than this one; reads only. */
  static void require(Connection connection, PostgresAddress address) throws SQLException {
    int version = version(connection, address);
    if (version > VERSION) {
      throw Failures.newer(address, version);
    }
    if (version < VERSION) {
      throw Failures.older(address, version);
    }
  }

  private static void requireUnicode(Connection connection, PostgresAddress address)
      throws SQLException {
    String encoding = encoding(connection);
    if (!encoding.equals(UNICODE)) {
      throw Failures.notUnicode(address, encoding);
    }
  }

  /** How the database keeps text: every text if this is {@link #UNICODE}. */
  static String encoding(Connection connection) throws SQLException {
    return Statements.select(connection, "SHOW server_encoding", List.of(), row -> row.getString(1))
        .get(0);
  }

  /** 0 when there are no tables. */
  static int version(Connection connection, PostgresAddress address) throws SQLException {
    if (number(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = '" + NAME + "'")
        == 0) {
      return 0;
    }
    String ours =
        "SELECT count(*) FROM pg_tables WHERE schemaname = '"
            + NAME
            + "' AND tablename = 'engram_schema'";
    if (number(connection, ours) == 0) {
      throw Failures.foreign(address);
    }
    return (int) number(connection, "SELECT version FROM " + NAME + ".engram_schema");
  }

  private static long number(Connection connection, String query) throws SQLException {
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
