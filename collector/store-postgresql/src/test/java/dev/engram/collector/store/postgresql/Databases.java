package dev.engram.collector.store.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * PostgreSQL itself, from binaries that come as a library, started with the first test of this JVM;
 * each folder gets a database of its own.
 */
final class Databases {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final EmbeddedPostgres SERVER = start();
  private static final Map<Path, String> BY_FOLDER = new HashMap<>();

  private Databases() {}

  /** The same one for the same folder. */
  static synchronized PostgresAddress of(Path folder) {
    String name = BY_FOLDER.computeIfAbsent(folder, absent -> create());
    return new PostgresAddress(SERVER.getJdbcUrl("postgres", name), null, null);
  }

  /** A connection of the server's owner to the database of this folder. */
  static Connection connect(Path folder) throws SQLException {
    return DriverManager.getConnection(of(folder).url());
  }

  private static String create() {
    String name = "memory" + BY_FOLDER.size();
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE DATABASE " + name);
      return name;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Its files are removed and its process ended when the JVM ends. */
  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "off")
          .setPGStartupWait(PATIENCE)
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException("PostgreSQL does not start", failed);
    }
  }
}
