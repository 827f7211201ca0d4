package dev.engram.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The store of a home, asked in SQL: what is in the file is what anybody can query. For one thread.
 */
final class Stored implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private static final String REQUESTS =
      "SELECT count(*) FROM span JOIN word ON word.id = span.kind WHERE word.text = 'SERVER'";

  /** Every sum that must be 0 when nothing was given up and nothing is on its way. */
  private static final String UNSETTLED =
      "SELECT sum(offered - queued) + sum(queued - read) + sum(read - stored - joined)"
          + " + (SELECT count(*) FROM loss WHERE count > 0) FROM instance";

  private final Connection connection;

  private Stored(Connection connection) {
    this.connection = connection;
  }

  private static Path file(Path home) {
    return home.resolve("store/engram.db");
  }

  /** Waits until the collector has made the store, then opens it for reading. */
  static Stored await(Path home) throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasInstance(home)) {
      pause(deadline, "no store in " + home);
    }
    return open(home);
  }

  static Stored open(Path home) throws SQLException {
    return new Stored(DriverManager.getConnection("jdbc:sqlite:file:" + file(home) + "?mode=ro"));
  }

  private static boolean hasInstance(Path home) {
    if (!Files.exists(file(home))) {
      return false;
    }
    try (Stored stored = open(home)) {
      return stored.number("SELECT count(*) FROM instance") > 0;
    } catch (SQLException beingMade) {
      return false;
    }
  }

  Connection connection() {
    return connection;
  }

  /** Waits until this many requests can be queried. */
  void awaitRequests(long count) throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (number(REQUESTS) < count) {
      pause(deadline, "only " + number(REQUESTS) + " of " + count + " requests are stored");
    }
  }

  /** Waits until the last instance has ended and been taken in. */
  void awaitEnd() throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (number("SELECT count(*) FROM instance WHERE ended = 0") > 0) {
      pause(deadline, "an instance that ended is not taken in");
    }
  }

  /** Demands that so many requests are there and no record of any kind was lost or given up. */
  void requireRequests(long count) throws SQLException {
    long requests = number(REQUESTS);
    if (requests != count) {
      throw new IllegalStateException(requests + " of " + count + " requests are stored");
    }
    requireAll();
  }

  /** Demands that all that was offered is stored. */
  void requireAll() throws SQLException {
    if (number(UNSETTLED) != 0) {
      throw new IllegalStateException("some records were shed or lost, so the figures are void");
    }
  }

  long records() throws SQLException {
    return number("SELECT sum(read) FROM instance");
  }

  /** Bytes of the database and its log. */
  static long bytes(Path home) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(file(home).getParent())) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(each);
      }
    }
    return sum;
  }

  PreparedStatement prepare(String query) throws SQLException {
    return connection.prepareStatement(query);
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void pause(long deadline, String otherwise) {
    if (System.nanoTime() - deadline > 0) {
      throw new IllegalStateException(otherwise);
    }
    LockSupport.parkNanos(PAUSE);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
