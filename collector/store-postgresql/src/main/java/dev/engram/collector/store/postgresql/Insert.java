package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one table, sent together. Values are given in the order of the columns. Made for one
 * transaction.
 */
final class Insert implements AutoCloseable {
  private final PreparedStatement statement;
  private int column;
  private boolean empty = true;

  /**
   * Prepares it.
   *
   * @param columns of the table, each with a colon and its type where that is not told by the value
   * @param conflict what follows the values; empty for nothing
   */
  Insert(Connection connection, String table, String conflict, String... columns)
      throws SQLException {
    String names =
        Arrays.stream(columns)
            .map(column -> column.split(":")[0])
            .collect(Collectors.joining(", "));
    String values =
        Arrays.stream(columns)
            .map(column -> column.replaceFirst("^[^:]*(:?)", "?$1$1"))
            .collect(Collectors.joining(", "));
    statement =
        connection.prepareStatement(
            "INSERT INTO " + table + " (" + names + ") VALUES (" + values + ") " + conflict);
  }

  Insert of(Object value) throws SQLException {
    statement.setObject(++column, value);
    return this;
  }

  /** Text that may be anything. */
  Insert text(@Nullable String text) throws SQLException {
    statement.setString(++column, PostgresText.ofNullable(text));
    return this;
  }

  /** JSON of {@link PostgresJson}. */
  Insert json(String json) throws SQLException {
    statement.setString(++column, json);
    return this;
  }

  /** NaN is NULL. */
  Insert number(double number) throws SQLException {
    if (Double.isNaN(number)) {
      statement.setNull(++column, Types.DOUBLE);
    } else {
      statement.setDouble(++column, number);
    }
    return this;
  }

  Insert number(@Nullable Long number) throws SQLException {
    if (number == null) {
      statement.setNull(++column, Types.BIGINT);
    } else {
      statement.setLong(++column, number);
    }
    return this;
  }

  Insert bytes(byte @Nullable [] bytes) throws SQLException {
    statement.setBytes(++column, bytes);
    return this;
  }

  /** The row is complete. */
  void add() throws SQLException {
    statement.addBatch();
    column = 0;
    empty = false;
  }

  /** Sends what was added. */
  void flush() throws SQLException {
    if (!empty) {
      statement.executeBatch();
      empty = true;
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
