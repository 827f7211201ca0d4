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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * Answers a question in SQL, on a connection of its own that cannot write, attaches nothing and
 * loads nothing, and on a thread of its own: a single call of a function is nothing that SQLite
 * interrupts, so whoever asks is answered in time all the same.
 */
final class AnswerSql {
  /**
   * Steps of SQLite's machine between two looks at the clock: few, as one may copy a large cell.
   */
  private static final int STEPS = 200;

  /** Bytes of a text or a row: some times the largest payload. */
  private static final int LONGEST = 16 << 20;

  /** Characters and bytes of an answer. */
  private static final long MOST = 128L << 20;

  /** So long a question that should have stopped is waited for. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final String QUESTIONS_ALONE = "only questions can be asked";

  private static final Pattern REASON = Pattern.compile("\\((.*)\\)\\s*\\z", Pattern.DOTALL);
  private static final Pattern MISSING =
      Pattern.compile("no such (table|column): (?:.*\\.)?(.*)", Pattern.DOTALL);

  private AnswerSql() {}

  static SqlTable on(DatabaseFile file, SqlQuestion question) {
    SingleSelect.require(question.select());
    FutureTask<SqlTable> asked = new FutureTask<>(() -> ask(file, question));
    Thread thread = new Thread(asked, "engram-question");
    thread.setDaemon(true);
    thread.start();
    try {
      return asked.get(question.time().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException stuck) {
      throw tooLong(question);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new SqlUnansweredException("interrupted");
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
  }

  private static SqlTable ask(DatabaseFile file, SqlQuestion question) {
    try (Connection connection = file.openForReading();
        Connection dictionary = file.openForReading()) {
      SqlFunctions functions = new SqlFunctions(new WordTexts(dictionary));
      prepare(connection, functions);
      return answer(connection, functions, question);
    } catch (SQLException failure) {
      throw Failures.of(failure, file.path());
    }
  }

  private static void prepare(Connection connection, SqlFunctions functions) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // What is sorted may be larger than memory.
      statement.execute("PRAGMA temp_store = FILE");
      functions.create(connection);
      Views.create(connection);
      SQLiteConnection sqlite = (SQLiteConnection) connection;
      sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
      sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST);
      statement.execute("PRAGMA query_only = 1");
    }
  }

  private static SqlTable answer(
      Connection connection, SqlFunctions functions, SqlQuestion question) throws SQLException {
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
    try (PreparedStatement statement = connection.prepareStatement(question.select())) {
      return read(statement, question.rows());
    } catch (SQLException failure) {
      functions.throwWhatTheyMet();
      throw refusal(failure, question);
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  private static SqlTable read(PreparedStatement statement, int limit) throws SQLException {
    if (statement.getParameterMetaData().getParameterCount() > 0) {
      throw new SqlRefusedException("write values instead of the parameters, such as ? and :name");
    }
    try (ResultSet row = statement.executeQuery()) {
      List<String> columns = columns(row.getMetaData());
      List<List<Object>> rows = new ArrayList<>();
      long size = 0;
      boolean more = false;
      while (!more && row.next()) {
        more = rows.size() == limit;
        if (!more) {
          rows.add(values(row, columns.size()));
          size += size(rows.get(rows.size() - 1));
          requireRoom(size);
        }
      }
      return new SqlTable(columns, rows, more);
    }
  }

  private static long size(List<Object> values) {
    long size = 0;
    for (Object value : values) {
      size += value instanceof String text ? text.length() : 0;
      size += value instanceof byte[] bytes ? bytes.length : 0;
    }
    return size;
  }

  private static void requireRoom(long size) {
    if (size > MOST) {
      throw new SqlRefusedException(
          "the answer has more than "
              + (MOST >> 20)
              + " million characters: ask for fewer columns, for parts of them with substr, or for"
              + " fewer rows with --limit");
    }
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
