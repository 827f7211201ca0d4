package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.sql.SeenTransaction;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection: its database, and since when a transaction is open on it. Wrappers
 * that cannot be seen through have a state of their own and are told all that the driver's is, so
 * that each is right whoever ends the transaction. Used by whoever uses the connection.
 */
final class ConnectionState {
  private static final Attachments<ConnectionState> BY_CONNECTION = new Attachments<>();

  /** Of a connection that could not be had. */
  static final ConnectionState UNKNOWN = new ConnectionState(Database.UNKNOWN, true);

  private static final long NONE = Long.MIN_VALUE;

  private final Database database;
  private volatile long openSince = NONE;

  /** As healing knows it: from the moment on that statements are not committed at once. */
  private volatile @Nullable SeenTransaction seen;

  private volatile boolean autoCommit;

  private ConnectionState(Database database, boolean autoCommit) {
    this.database = database;
    this.autoCommit = autoCommit;
  }

  /**
   * Asks a connection once. Pools hand out a fresh wrapper each time, so the answer is kept with
   * the driver's own connection.
   */
  static ConnectionState of(Connection connection) {
    Connection own = unwrapped(connection);
    ConnectionState known = BY_CONNECTION.get(own);
    if (known == null) {
      known = new ConnectionState(Database.of(own), isAutoCommit(own));
      BY_CONNECTION.put(own, known);
    }
    return known;
  }

  /**
   * What was open on it is rolled back, or handed on to whoever has the driver's own connection,
   * which is not this one then.
   */
  static void closed(Object connection) {
    ConnectionState known = BY_CONNECTION.get(connection);
    if (known != null) {
      known.end();
    }
  }

  Database database() {
    return database;
  }

  /** Whether each statement is committed at once; true also of what is not known. */
  boolean isAutoCommit() {
    return autoCommit;
  }

  /** As each statement begins: the first that is not committed at once opens a transaction. */
  void begin() {
    if (!autoCommit && openSince == NONE) {
      openSince = System.nanoTime();
      see();
    }
  }

  boolean isOpen() {
    return openSince != NONE;
  }

  /** When the transaction's first statement began, by {@code nanoTime}; only while it is open. */
  long openSince() {
    return openSince;
  }

  /** It was committed or rolled back. */
  void end() {
    openSince = NONE;
    forget();
  }

  /** Switching it on has committed what was open. */
  void autoCommit(boolean on) {
    autoCommit = on;
    if (on) {
      end();
    } else if (openSince == NONE) {
      see();
    }
  }

  /** From now on it is that of the request and the thread that this is. */
  private void see() {
    forget();
    seen = SeenTransaction.open();
  }

  private void forget() {
    SeenTransaction known = seen;
    seen = null;
    if (known != null) {
      known.end();
    }
  }

  private static Connection unwrapped(Connection connection) {
    try {
      Connection own = connection.unwrap(Connection.class);
      return own == null ? connection : own;
    } catch (Throwable notSupported) {
      return connection;
    }
  }

  private static boolean isAutoCommit(Connection connection) {
    try {
      return connection.getAutoCommit();
    } catch (Throwable notSupported) {
      return true;
    }
  }
}
