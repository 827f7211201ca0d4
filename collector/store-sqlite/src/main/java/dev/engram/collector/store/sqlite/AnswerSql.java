package dev.engram.collector.store.sqlite;

import dev.engram.collector.store.SqlQuestion;
import dev.engram.collector.store.SqlRefusedException;
import dev.engram.collector.store.SqlTable;
import dev.engram.collector.store.SqlUnansweredException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * Answers a question in SQL, on a connection of its own that cannot write, attaches nothing and
 * loads nothing.
 */
final class AnswerSql {
  /** Steps of SQLite's machine between two looks at the clock: less than a millisecond. */
  private static final int STEPS = 10_000;

  /** Bytes of a text or a row. */
  private static final int LONGEST = 64 << 20;

  private static final String QUESTIONS_ALONE = "only questions can be asked";

  private static final Pattern REASON = Pattern.compile("\\((.*)\\)\\s*\\z", Pattern.DOTALL);
  private static final Pattern MISSING =
      Pattern.compile("no such (table|column): (?:.*\\.)?(.*)", Pattern.DOTALL);

  private AnswerSql() {}

  static SqlTable on(DatabaseFile file, SqlQuestion question) {
    SingleSelect.require(question.select());
    try (Connection connection = file.openForReading();
        Connection dictionary = file.openForReading()) {
      prepare(connection, new WordTexts(dictionary));
      return answer(connection, question);
    } catch (SQLException failure) {
      throw Failures.of(failure, file.path());
    }
  }

  private static void prepare(Connection connection, WordTexts words) throws SQLException {
    SqlFunctions.create(connection, words);
    Views.create(connection);
    SQLiteConnection sqlite = (SQLiteConnection) connection;
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = 1");
    }
  }

  private static SqlTable answer(Connection connection, SqlQuestion question) throws SQLException {
    long deadline = System.nanoTime() + question.time().toNanos();
    ProgressHandler.setHandler(
        connection,
        STEPS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - deadline > 0 ? 1 : 0;
          }
        });
    try (PreparedStatement statement = connection.prepareStatement(question.select());
        ResultSet row = statement.executeQuery()) {
      return read(row, question.rows());
    } catch (SQLException failure) {
      throw refusal(failure, question);
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  private static SqlTable read(ResultSet row, int limit) throws SQLException {
    List<String> columns = columns(row.getMetaData());
    List<List<Object>> rows = new ArrayList<>();
    boolean more = false;
    while (!more && row.next()) {
      more = rows.size() == limit;
      if (!more) {
        rows.add(values(row, columns.size()));
      }
    }
    return new SqlTable(columns, rows, more);
  }

  /** Each once: what comes again gets a number. */
  private static List<String> columns(ResultSetMetaData data) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      String name = data.getColumnLabel(i);
      String unique = name;
      for (int again = 2; columns.contains(unique); again++) {
        unique = name + "_" + again;
      }
      columns.add(unique);
    }
    return columns;
  }

  private static List<Object> values(ResultSet row, int columns) throws SQLException {
    List<Object> values = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      Object value = row.getObject(i);
      values.add(value instanceof Integer number ? Long.valueOf(number) : value);
    }
    return Collections.unmodifiableList(values);
  }

  /** What is wrong with the question; what is wrong with the file stays what it is. */
  private static RuntimeException refusal(SQLException failure, SqlQuestion question)
      throws SQLException {
    if (!(failure instanceof SQLiteException)) {
      // The driver's own: a statement that has no rows to give.
      return new SqlRefusedException(QUESTIONS_ALONE);
    }
    String reason = reason(failure);
    return switch (Failures.primaryCode(failure)) {
      case SQLITE_INTERRUPT -> tooLong(question);
      case SQLITE_READONLY, SQLITE_AUTH -> new SqlRefusedException(QUESTIONS_ALONE);
      case SQLITE_TOOBIG, SQLITE_NOMEM ->
          new SqlRefusedException("the answer has a value that is too large: " + reason);
      case SQLITE_ERROR, SQLITE_RANGE, SQLITE_MISMATCH -> wrong(reason, question);
      default -> throw failure;
    };
  }

  private static SqlUnansweredException tooLong(SqlQuestion question) {
    return new SqlUnansweredException(
        "stopped after "
            + question.time().toSeconds()
            + " s: ask of a shorter time, such as with start_ns > unixepoch('now', '-1 hour') *"
            + " 1000000000, or give more with --timeout");
  }

  private static SqlRefusedException wrong(String reason, SqlQuestion question) {
    Matcher missing = MISSING.matcher(reason);
    if (!missing.matches()) {
      return new SqlRefusedException(reason);
    }
    boolean table = missing.group(1).equals("table");
    String unknown = missing.group(2);
    return new SqlRefusedException(
        (table ? "no view " : "no column ") + unknown,
        unknown,
        table ? Views.names() : Views.columns(question.select()));
  }

  /** SQLite's own words, without the driver's around them. */
  private static String reason(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher reason = REASON.matcher(message);
    return reason.find() ? reason.group(1) : message;
  }
}
