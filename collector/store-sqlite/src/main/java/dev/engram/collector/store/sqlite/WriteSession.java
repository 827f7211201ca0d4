package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The writing connection with its prepared statements. Given up as a whole after a failure, because
 * what it remembers may then be wrong. Confined to the writer.
 */
final class WriteSession implements AutoCloseable {
  final Connection connection;
  final Instances instances;
  final InsertRows rows;
  final JoinBegun join;
  final UpdateBooks books;
  final NoteLosses losses;
  final Sequence sequence;
  final IndexWords index;

  WriteSession(Connection connection) throws SQLException {
    this.connection = connection;
    Encoding encoding = new Encoding(connection);
    instances = new Instances(connection, encoding);
    join = new JoinBegun(connection, encoding);
    rows = new InsertRows(connection, encoding, join);
    books = new UpdateBooks(connection);
    losses = new NoteLosses(connection);
    sequence = new Sequence(connection);
    index = new IndexWords(connection);
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Ends the transaction; {@code Connection.commit} would begin the next one at once. */
  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  /**
   * Copies the write-ahead log into the database as far as readers allow, without waiting for them,
   * and empties it when no reader needs it.
   */
  void checkpoint() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      try {
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      } finally {
        statement.execute("PRAGMA busy_timeout = " + DatabaseFile.BUSY_TIMEOUT_MS);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
