package dev.engram.integration.healing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A database of a service that is played a fault, on a real PostgreSQL, at a port of its own. It is
 * made when it is first used. Used by one thread at a time.
 */
final class PlayedDatabase implements AutoCloseable {
  private static final String JDBC = "jdbc:";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final PlayedServer server;
  private final String[] settings;
  private final DatabaseFront front;
  private @Nullable URI direct;
  private @Nullable Connection administrator;

  /**
   * @param settings of all sessions but an administrator's, such as {@code lock_timeout = '1s'}
   */
  PlayedDatabase(PlayedServer server, String... settings) throws IOException {
    this.server = server;
    this.settings = settings;
    this.front = new DatabaseFront(() -> direct.getPort());
  }

  DatabaseFront front() {
    return front;
  }

  /** As places name it. */
  String address() {
    return "localhost:" + front.port();
  }

  /** A route of the service, with this database as its query. */
  String request(String route) throws IOException {
    open();
    String url = JDBC + direct.toString().replace(":" + direct.getPort(), ":" + front.port());
    return route + "?" + URLEncoder.encode(url, StandardCharsets.UTF_8);
  }

  /** A session of somebody else, who may do anything and waits for as long as it takes. */
  Connection session() throws SQLException {
    Connection session =
        DriverManager.getConnection(
            JDBC + direct.toString().replaceFirst("user=.*", "user=postgres"));
    try (Statement statement = session.createStatement()) {
      statement.execute("SET statement_timeout = 0");
      statement.execute("SET lock_timeout = 0");
      statement.execute("SET deadlock_timeout = '2s'");
    }
    return session;
  }

  /** As an administrator, to which {@code %s} is the service's user. */
  void execute(String statement) throws IOException {
    open();
    try (Statement executed = administrator.createStatement()) {
      executed.execute(statement.formatted(user()));
    } catch (SQLException failed) {
      throw new IOException(statement, failed);
    }
  }

  /** Ends the service's sessions, as an administrator does. */
  void endSessions() throws IOException {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND usename = '%s'");
  }

  /** Waits, though not for ever, until the service's pool has found out that it may connect. */
  void awaitSession() throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (sessions() == 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private int sessions() throws IOException {
    try (Statement statement = administrator.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND usename <> 'postgres'")) {
      count.next();
      return count.getInt(1);
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    if (administrator != null) {
      try {
        administrator.close();
      } catch (SQLException failed) {
        throw new IOException(failed);
      }
      server.close();
    }
  }

  void open() throws IOException {
    if (administrator != null) {
      return;
    }
    direct = URI.create(server.open().substring(JDBC.length()));
    try {
      administrator = session();
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
    execute("CREATE TABLE stock (id INT PRIMARY KEY, pieces INT NOT NULL, version INT NOT NULL)");
    execute("INSERT INTO stock VALUES (1, 0, 0), (2, 0, 0)");
    execute("CREATE TABLE sold (item INT)");
    execute("CREATE TABLE secret (word TEXT)");
    execute("GRANT ALL ON stock, sold TO %s");
    for (String setting : settings) {
      execute("ALTER DATABASE " + direct.getPath().substring(1) + " SET " + setting);
    }
  }

  private String user() {
    return direct.getQuery().replaceFirst("user=", "");
  }
}
