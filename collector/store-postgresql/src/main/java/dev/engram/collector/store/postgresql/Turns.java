package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What transactions of all processes wait for at one another; what is taken is given back with the
 * transaction. Thread-safe.
 */
final class Turns {
  /** Another than those of {@link Schema} and {@link Partitions}. */
  private static final int REMOVING = 0x454e4758;

  /** So often readers may be in the way of a transaction that has done its long work. */
  private static final int ATTEMPTS = 5;

  /** Others read and write meanwhile. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private interface Attempt {
    void of(Connection connection) throws SQLException;
  }

  private record Arrivals(long first, int version) {}

  private final Readiness ready;

  Turns(Readiness ready) {
    this.ready = ready;
  }

  /** From here on the transaction goes before those of other collectors; the first of these. */
  long arrivals(long count, Connection connection) throws SQLException {
    Arrivals taken =
        Statements.select(
                connection,
                "UPDATE sequence SET next_arrival = next_arrival + ?"
                    + " RETURNING next_arrival - ?, (SELECT version FROM engram_schema)",
                List.of(count, count),
                row -> new Arrivals(row.getLong(1), row.getInt(2)))
            .get(0);
    ready.requireStill(taken.version);
    return taken.first;
  }

  /**
   * One transaction takes rows out at a time, so that each decides by what the one before has left;
   * batches go on. However long that one takes.
   */
  void removing(Connection connection) throws SQLException {
    Statements.execute(connection, "SET LOCAL lock_timeout = 0");
    Statements.execute(connection, "SELECT pg_advisory_xact_lock(" + REMOVING + ")");
    Statements.execute(connection, "SET LOCAL lock_timeout = " + Connections.LOCK_TIMEOUT);
    int version =
        Statements.select(
                connection, "SELECT version FROM engram_schema", List.of(), row -> row.getInt(1))
            .get(0);
    ready.requireStill(version);
  }

  /**
   * Fails where somebody reads who does not end within a second. For the time before work that
   * takes long: it would be done in vain.
   */
  static void requireNoReader(Connection connection) throws SQLException {
    Savepoint before = connection.setSavepoint();
    excludeReaders(connection);
    connection.rollback(before);
  }

  /**
   * From here on nobody reads. Whoever does is given a second to end, as others wait behind this,
   * and some more after pauses; then the transaction fails.
   */
  static void alone(Connection connection) throws SQLException {
    patiently(Turns::excludeReaders, connection);
  }

  /** From here on nobody is at any table: what remains to be done must take moments. */
  void dropping(Connection connection) throws SQLException {
    patiently(
        it -> {
          Partitions.lock(it);
          arrivals(0, it);
          excludeReaders(it);
        },
        connection);
  }

  /** For the first statement of a transaction that reads: waits while another is alone. */
  static void reading(Connection connection) throws SQLException {
    Statements.execute(connection, "LOCK TABLE removed IN ACCESS SHARE MODE");
  }

  /** What an attempt that fails has locked is given back, and what was done before it stays. */
  private static void patiently(Attempt attempt, Connection connection) throws SQLException {
    for (int left = ATTEMPTS - 1; !succeeds(attempt, left == 0, connection); left--) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean succeeds(Attempt attempt, boolean last, Connection connection)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      attempt.of(connection);
      return true;
    } catch (SQLException failure) {
      if (last || !LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
        throw failure;
      }
      connection.rollback(before);
      return false;
    }
  }

  private static void excludeReaders(Connection connection) throws SQLException {
    Statements.execute(connection, "SET LOCAL lock_timeout = '1s'");
    Statements.execute(connection, "LOCK TABLE removed IN ACCESS EXCLUSIVE MODE");
    Statements.execute(connection, "SET LOCAL lock_timeout = " + Connections.LOCK_TIMEOUT);
  }
}
