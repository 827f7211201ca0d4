package dev.engram.collector.store.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs single statements with parameters in order. */
final class Statements {
  /** Rows that are held at a time when many are read. */
  private static final int FETCH = 2_000;

  /** Makes something of the row on which the result stands. */
  interface Mapping<T> {
    T of(ResultSet row) throws SQLException;
  }

  private Statements() {}

  static int update(Connection connection, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, List.of(parameters))) {
      return statement.executeUpdate();
    }
  }

  /** Runs what takes no parameters. */
  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static <T> List<T> select(
      Connection connection, String sql, List<Object> parameters, Mapping<T> mapping)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    visit(connection, sql, parameters, mapping, rows::add);
    return rows;
  }

  /** Hands over one after the other; memory holds few. */
  static <T> void visit(
      Connection connection,
      String sql,
      List<Object> parameters,
      Mapping<T> mapping,
      Consumer<T> visitor)
      throws SQLException {
    visitWhile(
        connection,
        sql,
        parameters,
        mapping,
        row -> {
          visitor.accept(row);
          return true;
        });
  }

  /** The same until the visitor wants no more. */
  static <T> void visitWhile(
      Connection connection,
      String sql,
      List<Object> parameters,
      Mapping<T> mapping,
      Predicate<T> visitor)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters)) {
      statement.setFetchSize(FETCH);
      try (ResultSet row = statement.executeQuery()) {
        boolean wanted = true;
        while (wanted && row.next()) {
          wanted = visitor.test(mapping.of(row));
        }
      }
    }
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, List<Object> parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      return statement;
    } catch (SQLException failure) {
      statement.close();
      throw failure;
    }
  }
}
