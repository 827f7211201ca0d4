package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.RepeatableSelect;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a statement is executed again. */
final class SelectRetryCapture {
  /** Its functions are called without parentheses too, so that no text is known to call none. */
  private static final String ORACLE = "oracle.db";

  /** Values of such types are sent the same way each time. */
  private static final List<String> PLAIN =
      List.of(
          "java.lang.",
          "java.math.",
          "java.time.",
          "java.util.Date",
          "java.util.UUID",
          "java.sql.Date",
          "java.sql.Time");

  /** Statements that are not executed again whatever they are. */
  private static final Attachments<Boolean> NEVER = new Attachments<>();

  private SelectRetryCapture() {}

  static @Nullable Object enter(Object statement) {
    return RepeatableSelect.begin(statement.getClass());
  }

  /**
   * @param sql null for a prepared statement
   */
  static boolean exit(
      Object statement, @Nullable String sql, @Nullable Object begun, @Nullable Throwable thrown) {
    if (thrown == null) {
      if (begun != null) {
        RepeatableSelect.succeeded(begun, () -> place(statement), () -> isOne(statement, sql));
      }
      return false;
    }
    return !Healing.isOff()
        && RepeatableSelect.failed(
            begun,
            () -> place(statement),
            statement.getClass(),
            thrown,
            () -> isOne(statement, sql) && isSame(statement, sql) && isOpen(statement));
  }

  /** Somebody wishes that it ends; some drivers see to the query timeout so. */
  static void cancelled(Object statement) {
    if (!Healing.isOff()) {
      NEVER.put(statement, true);
    }
  }

  /** What is read from a stream, or from anything like it, is read once. */
  static void parameter(Object statement, @Nullable Object value) {
    if (!Healing.isOff() && !isPlain(value) && NEVER.get(statement) == null) {
      NEVER.put(statement, true);
    }
  }

  private static boolean isPlain(@Nullable Object value) {
    if (value == null || value instanceof byte[] || value instanceof Enum<?>) {
      return true;
    }
    String type = value.getClass().getName();
    return PLAIN.stream().anyMatch(type::startsWith);
  }

  /** Whether it would do the same as before; of what was set while healing was off none knows. */
  private static boolean isSame(Object statement, @Nullable String sql) {
    return NEVER.get(statement) == null
        && (sql != null || PrepareCapture.isWatched(statement, Healing.switchedOn()));
  }

  private static boolean isOpen(Object statement) {
    try {
      return !((Statement) statement).isClosed();
    } catch (SQLException unknown) {
      return false;
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
