package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.RepeatableQuery;
import dev.engram.agent.core.remedy.RepeatableSelect;
import java.io.InputStream;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Decides whether a statement is executed again. */
final class SelectRetryCapture {
  /** Its functions are called without parentheses too, so that no text is known to call none. */
  private static final String ORACLE = "oracle.db";

  /** Statements that are not executed again whatever they are. */
  private static final Attachments<Boolean> NEVER = new Attachments<>();

  private SelectRetryCapture() {}

  static @Nullable Object enter(Object statement) {
    return Healing.begin(statement.getClass());
  }

  /**
   * @param sql null for a prepared statement
   */
  static boolean exit(
      Object statement, @Nullable String sql, @Nullable Object begun, @Nullable Throwable thrown) {
    if (thrown != null) {
      return RepeatableSelect.failed(
          begun,
          () -> place(statement),
          statement.getClass(),
          thrown,
          () -> isOne(statement, sql) && NEVER.get(statement) == null);
    }
    RepeatableQuery.answered();
    if (begun != null && isOne(statement, sql)) {
      Healing.succeeded(begun, () -> place(statement));
    }
    return false;
  }

  /** Somebody wishes that it ends; some drivers see to the query timeout so. */
  static void cancelled(Object statement) {
    NEVER.put(statement, true);
  }

  /** What is read from a stream is read once. */
  static void parameter(Object statement, @Nullable Object value) {
    if (value instanceof InputStream || value instanceof Reader) {
      NEVER.put(statement, true);
    }
  }

  private static boolean isOne(Object statement, @Nullable String sql) {
    ConnectionState connection = StatementCapture.connectionOf(statement);
    Database database = connection.database();
    if (connection == ConnectionState.UNKNOWN
        || !connection.isAutoCommit()
        || database.system().equals(ORACLE)) {
      return false;
    }
    SqlText text =
        sql == null ? PrepareCapture.textOf(statement) : SqlText.of(sql, database.quotedStrings());
    return text != null && text.plainSelect();
  }

  private static String place(Object statement) {
    return "select " + StatementCapture.databaseOf(statement).address();
  }
}
