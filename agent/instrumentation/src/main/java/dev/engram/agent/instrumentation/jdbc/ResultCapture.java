package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a statement's first result: how many rows the application read of it, or how many it
 * changed. The statement's span is held meanwhile, with the duration of the execution alone.
 *
 * <p>Nothing is asked that the application did not ask: rows are counted as it moves over them, so
 * rows that it never read, or reached by other ways than {@code next()}, are not in the count. The
 * update count of {@code execute()} may by JDBC's contract be had once, and some drivers (Oracle)
 * keep to that; so it is noted when the application has it. Only where it is known to be a plain
 * getter is it asked for at once.
 *
 * <p>What hangs on a pool's wrapper does not hang on the driver's object below it, so each row
 * counts once.
 */
final class ResultCapture {
  /** Drivers whose code was read; it differs, also from version to version. */
  private static final Set<String> COUNT_IS_A_GETTER = Set.of("h2database", "postgresql");

  private static final Attachments<FirstResult> BY_STATEMENT = new Attachments<>();
  private static final Attachments<FirstResult> BY_ROWS = new Attachments<>();

  private ResultCapture() {}

  /** After an execution that succeeded, whatever it returned. */
  static void executed(OpenSpan span, Object statement, @Nullable Object returned) {
    if (returned instanceof Number count) {
      put(span, count.longValue());
      span.end();
    } else if (returned instanceof ResultSet rows) {
      holdForRows(span, statement);
      rowsGiven(statement, rows);
    } else if (Boolean.TRUE.equals(returned)) {
      holdForRows(span, statement);
    } else if (!countIsAGetter(statement)) {
      hold(span, statement, AttributeKey.ENGRAM_DB_UPDATE_COUNT);
    } else {
      put(span, updateCount((Statement) statement));
      span.end();
    }
  }

  /** The statement is executed anew, or closed: of its result nothing more will be read. */
  static void endOf(Object statement) {
    FirstResult result = BY_STATEMENT.remove(statement);
    if (result != null) {
      result.end();
    }
  }

  static void rowsGiven(Object statement, Object rows) {
    FirstResult result = BY_STATEMENT.get(statement);
    if (result != null && result.takeRows()) {
      BY_ROWS.put(rows, result);
    }
  }

  static void updateCountGiven(Object statement, long count) {
    FirstResult result = BY_STATEMENT.get(statement);
    if (result != null && result.isUpdate()) {
      BY_STATEMENT.remove(statement);
      result.endWith(count);
    }
  }

  /** What {@link #exitNext} must be given, or null when these rows are not counted. */
  static @Nullable Object enterNext(Object rows) {
    FirstResult result = BY_ROWS.get(rows);
    return result != null && result.enterNext() ? result : null;
  }

  static void exitNext(Object rows, Object counted, boolean advanced, @Nullable Throwable thrown) {
    FirstResult result = (FirstResult) counted;
    if (result.exitNext(advanced, thrown)) {
      closed(rows);
    }
  }

  static void closed(Object rows) {
    FirstResult result = BY_ROWS.remove(rows);
    if (result != null) {
      result.end();
    }
  }

  private static void holdForRows(OpenSpan span, Object statement) {
    hold(span, statement, AttributeKey.DB_RESPONSE_RETURNED_ROWS);
  }

  private static void hold(OpenSpan span, Object statement, AttributeKey key) {
    FirstResult result = new FirstResult(span, key);
    BY_STATEMENT.put(statement, result);
    span.hold(key, result);
  }

  private static boolean countIsAGetter(Object statement) {
    return COUNT_IS_A_GETTER.contains(StatementCapture.databaseOf(statement).system());
  }

  private static long updateCount(Statement statement) {
    try {
      return statement.getUpdateCount();
    } catch (Throwable notKnown) {
      return -1;
    }
  }

  private static void put(OpenSpan span, long updateCount) {
    if (updateCount >= 0) {
      span.put(AttributeKey.ENGRAM_DB_UPDATE_COUNT, updateCount);
    }
  }
}
