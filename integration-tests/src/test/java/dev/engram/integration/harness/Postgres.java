package dev.engram.integration.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL itself, from binaries that come as a library, started with the first database that is
 * wanted. It refuses to run as root; for root it is started in a user namespace of its own, where
 * nobody is.
 */
public final class Postgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private @Nullable EmbeddedPostgres server;
  private int databases;

  /** The URL of a new and empty database, with its user. */
  public String newDatabase() {
    String name = "shop" + ++databases;
    execute("CREATE DATABASE " + name);
    return server().getJdbcUrl("postgres", name);
  }

  /** The URL of one that a new user owns, without a user in it. */
  public String newDatabaseOf(String user) {
    execute("CREATE ROLE " + user + " LOGIN");
    String name = "shop" + ++databases;
    execute("CREATE DATABASE " + name + " OWNER " + user);
    return "jdbc:postgresql://localhost:" + server().getPort() + "/" + name;
  }

  private void execute(String statement) {
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement executed = connection.createStatement()) {
      executed.executeUpdate(statement);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null) {
      running = start();
      server = running;
    }
    return running;
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
    } catch (IOException failed) {
      throw new UncheckedIOException("PostgreSQL does not start", failed);
    }
  }
}
