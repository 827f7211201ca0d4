package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What transactions of all processes wait for at one another; what is taken is given back with the
 * transaction. Thread-safe.
 */
final class Turns {
  /** Another than those of {@link Schema} and {@link Partitions}. */
  private static final int REMOVING = 0x454e4758;

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
   * From here on nobody reads. Whoever does is given a second to end, or the transaction fails:
   * others would wait behind it.
   */
  static void alone(Connection connection) throws SQLException {
    Statements.execute(connection, "SET LOCAL lock_timeout = '1s'");
    Statements.execute(connection, "LOCK TABLE removed IN ACCESS EXCLUSIVE MODE");
    Statements.execute(connection, "SET LOCAL lock_timeout = " + Connections.LOCK_TIMEOUT);
  }

  /** From here on nobody is at any table: what remains to be done must take moments. */
  void dropping(Connection connection) throws SQLException {
    Partitions.lock(connection);
    arrivals(0, connection);
    alone(connection);
  }

  /** For the first statement of a transaction that reads: waits while another is alone. */
  static void reading(Connection connection) throws SQLException {
    Statements.execute(connection, "LOCK TABLE removed IN ACCESS SHARE MODE");
  }
}
