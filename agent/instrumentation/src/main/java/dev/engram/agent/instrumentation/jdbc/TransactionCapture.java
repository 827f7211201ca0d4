package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import java.sql.Connection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Follows the end of a transaction: one span, which also says how long the transaction was open.
 * Where no statement ran there is nothing to end, and no span: frameworks commit by habit.
 */
final class TransactionCapture {
  /** From the beginning of its first statement to its end, in nanoseconds. */
  static final AttributeKey DURATION = AttributeKey.of("engram.db.transaction.duration");

  private static final String COMMIT = "COMMIT";

  private TransactionCapture() {}

  /** Before {@code commit} or {@code rollback}; what {@link #exit} must be given. */
  static @Nullable Object enter(Object connection, String method) {
    return open((Connection) connection, method.toUpperCase(Locale.ROOT));
  }

  /** Before {@code setAutoCommit}: switching it on commits what is open. */
  static @Nullable Object enterAutoCommit(Object connection, boolean on) {
    return on ? open((Connection) connection, COMMIT) : null;
  }

  /** After {@code commit} or {@code rollback}, of each wrapper and of the driver. */
  static void exit(
      Object connection, String method, @Nullable Object ending, @Nullable Throwable thrown) {
    finish(connection, method, ending, thrown);
    if (thrown == null) {
      ConnectionState.of((Connection) connection).end();
    }
  }

  /** After {@code setAutoCommit}, likewise. */
  static void exitAutoCommit(
      Object connection,
      boolean on,
      String method,
      @Nullable Object ending,
      @Nullable Throwable thrown) {
    finish(connection, method, ending, thrown);
    if (thrown == null) {
      ConnectionState.of((Connection) connection).autoCommit(on);
    }
  }

  private static @Nullable Object open(Connection connection, String operation) {
    if (StatementCapture.isInside()) {
      return null;
    }
    ConnectionState state = ConnectionState.of(connection);
    OpenSpan span = state.isOpen() ? Tracing.open(SpanKind.CLIENT, Category.SQL, operation) : null;
    if (span == null) {
      return null;
    }
    span.enter().put(AttributeKey.DB_OPERATION_NAME, operation);
    state.database().describe(span);
    // The driver's own method ends the state before the wrapper's does.
    return new Ending(span, state.openSince());
  }

  /** An end that failed leaves the transaction open: JDBC has the application roll it back. */
  private static void finish(
      Object connection, String method, @Nullable Object begun, @Nullable Throwable thrown) {
    if (begun instanceof Ending ending) {
      OpenSpan span = ending.span;
      span.leave();
      span.put(DURATION, System.nanoTime() - ending.since);
      if (thrown != null) {
        StatementCapture.fail(span, connection, method, thrown);
      }
      span.end();
    } else if (thrown != null) {
      Tracing.exception(
          thrown, ExceptionOrigin.ESCAPED, connection.getClass().getName() + "#" + method);
    }
  }

  private record Ending(OpenSpan span, long since) {}
}
