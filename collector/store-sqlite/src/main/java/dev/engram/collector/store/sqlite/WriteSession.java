package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.Removal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writing connection with its prepared statements. Given up as a whole after a failure, because
 * what it remembers may then be wrong. Confined to the writer.
 */
final class WriteSession implements AutoCloseable {
  /** What is done with the writing connection. */
  interface Work<T> {
    T on(WriteSession session) throws SQLException;
  }

  final Connection connection;
  final Instances instances;
  final InsertRows rows;
  final JoinBegun join;
  final UpdateBooks books;
  final NoteLosses losses;
  final Sequence sequence;
  final IndexWords index;
  final SumBlocks sums;
  final RemoveOld old;
  private final Encoding encoding;
  private @Nullable SweepWords sweep;
  private long dataVersion;

  WriteSession(Connection connection) throws SQLException {
    this.connection = connection;
    encoding = new Encoding(connection);
    instances = new Instances(connection, encoding);
    join = new JoinBegun(connection, encoding);
    rows = new InsertRows(connection, encoding, join);
    books = new UpdateBooks(connection);
    losses = new NoteLosses(connection);
    sequence = new Sequence(connection);
    index = new IndexWords(connection);
    sums = new SumBlocks(connection);
    old = new RemoveOld(connection);
  }

  /** Begins a transaction. Words that another process may have taken out are looked up again. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
    noticeOthers();
  }

  private void noticeOthers() throws SQLException {
    long version = Schema.number(connection, "PRAGMA data_version");
    if (version != dataVersion) {
      dataVersion = version;
      encoding.words.forget();
      old.forget();
      sums.forget();
    }
  }

  /** Whether rows have no words in the index yet. */
  boolean isIndexBehind() throws SQLException {
    return index.position() < sequence.next();
  }

  /** Whether there are sums to be made. */
  boolean areSumsBehind() throws SQLException {
    noticeOthers();
    return sums.isBehind(sequence.next(), old.standing());
  }

  /** Makes some of the sums, in a transaction; whether there are more to be made. */
  boolean sumUp() throws SQLException {
    return sums.step(sequence.next(), old.standing());
  }

  /** Does all of this in a transaction that changes nothing; what would have gone. */
  Removal tried(List<Work<Removal>> steps) throws SQLException {
    Removal removed = Removal.NOTHING;
    begin();
    for (Work<Removal> step : steps) {
      removed = removed.then(step.on(this));
    }
    connection.rollback();
    commit();
    return removed;
  }

  /** Takes out some words that nothing refers to, in a transaction; whether there may be more. */
  boolean sweep() throws SQLException {
    SweepWords sweeping = sweep == null ? new SweepWords(connection) : sweep;
    boolean more = sweeping.step();
    sweep = more ? sweeping : null;
    encoding.words.forget();
    return more;
  }

  /**
   * Gives some of the room that is free back to the file system, outside of a transaction; whether
   * there is more. A file of an earlier version keeps it until it is written anew.
   */
  boolean giveBack(int pages) throws SQLException {
    if (Schema.number(connection, "PRAGMA auto_vacuum") != DatabaseFile.INCREMENTAL) {
      return false;
    }
    long free = Schema.number(connection, "PRAGMA freelist_count");
    if (free > 0) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("PRAGMA incremental_vacuum(" + pages + ")");
      }
    }
    return free > pages;
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
