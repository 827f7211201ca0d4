package dev.engram.collector.store.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one kind, opened with the first transaction and again whenever the server was
 * gone. Thread-safe.
 */
final class Connections implements AutoCloseable {
  private static final long CONNECT_SECONDS = 10;

  /** What a transaction waits for another, unless it says otherwise. */
  static final String LOCK_TIMEOUT = "'20s'";

  /** A server that says nothing for so long is gone; a batch waits for locks for less. */
  private static final Duration WRITING = Duration.ofSeconds(60);

  /** The same where people ask, who may ask for much. */
  private static final Duration READING = Duration.ofMinutes(10);

  /**
   * What a transaction may wait for its client: others wait behind it. What is committed must be on
   * the server's disk: queue files go then. All of it is committed, and where the tables are, or
   * the first transaction that fails would take it back.
   */
  private static final String SESSION =
      "SET idle_in_transaction_session_timeout = '30s'; SET lock_timeout = "
          + LOCK_TIMEOUT
          + "; SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') = 'off'; COMMIT";

  /** What is done in one transaction. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private final PostgresAddress address;
  private final boolean readOnly;
  private final int size;
  private final Duration patience;
  private @Nullable HikariDataSource source;
  private boolean closed;

  /**
   * Connections that are opened when they are needed.
   *
   * @param patience how long the server may say nothing
   */
  Connections(PostgresAddress address, boolean readOnly, int size, Duration patience) {
    this.address = address;
    this.readOnly = readOnly;
    this.size = size;
    this.patience = patience;
  }

  /** One for the writer, and one for what takes rows out beside it. */
  static Connections toWrite(PostgresAddress address) {
    return new Connections(address, false, 2, WRITING);
  }

  /** A few for readers; each transaction sees one state. */
  static Connections toRead(PostgresAddress address) {
    return new Connections(address, true, 4, READING);
  }

  /** Does it, and commits; on a failure nothing is changed. */
  <T> T inTransaction(Work<T> work) {
    try (Connection connection = source().getConnection()) {
      return inTransaction(connection, work);
    } catch (HikariPool.PoolInitializationException unreachable) {
      throw Failures.of(cause(unreachable), address);
    } catch (SQLException failure) {
      throw Failures.of(failure, address);
    } catch (RowsThatMeet.FailedMeanwhileException failure) {
      throw Failures.of(failure.failure(), address);
    }
  }

  /** What is done from here on may take long; until the connection is given back. */
  static void unhurried(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, 0);
  }

  /** Does what may not be part of a transaction, and may take long. */
  <T> T outsideTransaction(Work<T> work) {
    try (Connection connection = source().getConnection()) {
      unhurried(connection);
      connection.setAutoCommit(true);
      return work.on(connection);
    } catch (SQLException failure) {
      throw Failures.of(failure, address);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (source != null) {
      source.close();
    }
  }

  private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.on(connection);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection);
      }
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException ignored) {
      // The failure that led here is the one to report; the server rolls back what it lost sight
      // of.
    }
  }

  private synchronized HikariDataSource source() {
    if (closed) {
      throw Failures.closed(address);
    }
    HikariDataSource open = source;
    if (open == null) {
      open = new HikariDataSource(settings());
      source = open;
    }
    return open;
  }

  private HikariConfig settings() {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName("engram-store-" + (readOnly ? "read" : "write"));
    settings.setJdbcUrl(address.url());
    settings.setUsername(address.user());
    settings.setPassword(address.password());
    settings.setSchema(Schema.NAME);
    settings.setMaximumPoolSize(size);
    settings.setMinimumIdle(0);
    settings.setAutoCommit(false);
    settings.setReadOnly(readOnly);
    settings.setTransactionIsolation(
        readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
    settings.setConnectionInitSql(SESSION);
    settings.setConnectionTimeout(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
    settings.setInitializationFailTimeout(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
    settings.addDataSourceProperty("ApplicationName", "engram");
    settings.addDataSourceProperty("reWriteBatchedInserts", "true");
    settings.addDataSourceProperty("logServerErrorDetail", "false");
    settings.addDataSourceProperty("tcpKeepAlive", "true");
    settings.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    settings.addDataSourceProperty("socketTimeout", String.valueOf(patience.toSeconds()));
    return settings;
  }

  private static SQLException cause(RuntimeException unreachable) {
    return unreachable.getCause() instanceof SQLException cause
        ? cause
        : new SQLException(unreachable.getMessage(), "08001", unreachable);
  }
}
