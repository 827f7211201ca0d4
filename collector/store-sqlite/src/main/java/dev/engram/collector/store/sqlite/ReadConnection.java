package dev.engram.collector.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that answers questions, with what it has read of the dictionary. For one caller. */
final class ReadConnection implements AutoCloseable {
  final WordTexts words;
  private final Connection connection;
  private @Nullable RowFunctions functions;

  ReadConnection(Connection connection) throws SQLException {
    this.connection = connection;
    words = new WordTexts(connection);
  }

  /** A statement with its parameters bound: numbers, or values of {@link SqliteText#of}. */
  PreparedStatement prepare(String query, Object... parameters) throws SQLException {
    return prepare(query, List.of(parameters));
  }

  PreparedStatement prepare(String query, List<Object> parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return statement;
  }

  /** What SQL of this connection may call; made when it is first needed. */
  RowFunctions functions() throws SQLException {
    if (functions == null) {
      functions = new RowFunctions(connection, words);
    }
    return functions;
  }

  /** Begins to look at one state of the store. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
    if (functions != null) {
      functions.forget();
    }
  }

  /** Bytes that are in use. */
  long bytes() throws SQLException {
    return DiskUse.bytes(connection);
  }

  void end() throws SQLException {
    connection.setAutoCommit(true);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
