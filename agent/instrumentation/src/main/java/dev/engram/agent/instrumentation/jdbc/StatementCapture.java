package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.RepeatableQuery;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Follows one execution of a statement. Pools and proxies hand it on to the driver, and drivers run
 * statements of their own: inside a statement's span nothing opens another.
 */
final class StatementCapture {
  private StatementCapture() {}

  /**
   * What {@link #exit} must be given, or null inside another statement and for none at all.
   *
   * @param sql null for a prepared statement
   */
  static @Nullable Object enter(Object statement, @Nullable String sql) {
    OpenSpan span = isPing(statement, sql) ? null : open(statement);
    if (span == null) {
      return null;
    }
    span.enter();
    describe(span, statement, sql, "");
    return span;
  }

  static void exit(
      Object execution,
      Object statement,
      String method,
      @Nullable Object returned,
      @Nullable Throwable thrown) {
    OpenSpan span = (OpenSpan) execution;
    span.leave();
    if (thrown != null) {
      fail(span, statement, method, thrown);
      span.end();
    } else {
      RepeatableQuery.answered();
      ResultCapture.executed(span, statement, returned);
    }
  }

  /**
   * Nothing more comes of it. What is known of it goes now: until the garbage collector found it,
   * each statement would lengthen the search for every other.
   */
  static void closed(Object statement) {
    ResultCapture.endOf(statement);
    PrepareCapture.forget(statement);
  }

  /** PostgreSQL's driver sends an empty text to see whether a connection still lives. */
  private static boolean isPing(Object statement, @Nullable String sql) {
    SqlText prepared = sql == null ? PrepareCapture.textOf(statement) : null;
    return sql == null ? prepared != null && prepared.masked().isEmpty() : sql.isEmpty();
  }

  /** Null inside another statement, or when capture is off. */
  static @Nullable OpenSpan open(Object statement) {
    if (isInside()) {
      // Each wrapper's connection is told, since not every one can be seen through.
      connectionOf(statement).begin();
      return null;
    }
    ResultCapture.endOf(statement);
    return Tracing.open(SpanKind.CLIENT, Category.SQL, "SQL");
  }

  /** Whether what happens now is a driver's or a wrapper's own doing. */
  static boolean isInside() {
    OpenSpan current = Tracing.current();
    return current != null && current.category() == Category.SQL;
  }

  /** Called inside the span: what the driver does to answer is no statement of the application. */
  static void describe(OpenSpan span, Object statement, @Nullable String sql, String prefix) {
    ConnectionState connection = connectionOf(statement);
    connection.begin();
    Database database = connection.database();
    database.describe(span);
    SqlText text =
        sql == null ? PrepareCapture.textOf(statement) : SqlText.of(sql, database.quotedStrings());
    if (text != null) {
      span.name(prefix + text.summary()).put(AttributeKey.DB_QUERY_TEXT, text.masked());
      if (text.operation() != null) {
        span.put(AttributeKey.DB_OPERATION_NAME, prefix + text.operation());
      }
    }
  }

  /**
   * @param called whose method threw
   */
  static void fail(OpenSpan span, Object called, String method, Throwable thrown) {
    if (thrown instanceof SQLException exception) {
      span.put(AttributeKey.DB_RESPONSE_STATUS_CODE, state(exception));
    }
    span.fail(thrown, ExceptionOrigin.ESCAPED, called.getClass().getName() + "#" + method);
  }

  /** A driver's own exceptions may work it out when they are asked. */
  private static @Nullable String state(SQLException thrown) {
    try {
      return thrown.getSQLState();
    } catch (Throwable untold) {
      return null;
    }
  }

  static Database databaseOf(Object statement) {
    return connectionOf(statement).database();
  }

  static ConnectionState connectionOf(Object statement) {
    try {
      return ConnectionState.of(((Statement) statement).getConnection());
    } catch (Throwable closedOrNotSupported) {
      return ConnectionState.UNKNOWN;
    }
  }
}
