package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.remedy.RepeatableQuery;
import dev.engram.agent.record.AttributeKey;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Follows one execution of a batch: one span, however many statements it holds. */
final class BatchCapture {
  private BatchCapture() {}

  /** A text was added to a batch of plain statements. */
  static void added(Object statement, String sql) {
    PrepareCapture.batched(
        statement, SqlText.of(sql, StatementCapture.databaseOf(statement).quotedStrings()));
  }

  /** What {@link #exit} must be given, or null inside another statement. */
  static @Nullable Object enter(Object statement) {
    OpenSpan span = StatementCapture.open(statement);
    if (span == null) {
      return null;
    }
    span.name("BATCH").enter();
    StatementCapture.describe(span, statement, null, "BATCH ");
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
    // One that failed may have been carried out in part.
    RepeatableQuery.answered();
    count(
        span, thrown instanceof BatchUpdateException failed ? failed.getUpdateCounts() : returned);
    if (thrown != null) {
      StatementCapture.fail(span, statement, method, thrown);
    }
    span.end();
    if (!(statement instanceof PreparedStatement)) {
      PrepareCapture.forget(statement);
    }
  }

  private static void count(OpenSpan span, @Nullable Object counts) {
    if (counts == null) {
      return;
    }
    long[] rows = rows(counts);
    // A batch of one is an ordinary statement, in OpenTelemetry's reading.
    if (rows.length != 1) {
      span.put(AttributeKey.DB_OPERATION_BATCH_SIZE, rows.length);
    }
    // An entry that failed changed nothing; how many one changed that succeeded may be unknown.
    if (LongStream.of(rows).noneMatch(row -> row == Statement.SUCCESS_NO_INFO)) {
      span.put(
          AttributeKey.ENGRAM_DB_UPDATE_COUNT, LongStream.of(rows).filter(row -> row > 0).sum());
    }
  }

  private static long[] rows(Object counts) {
    return counts instanceof int[] small
        ? Arrays.stream(small).asLongStream().toArray()
        : (long[]) counts;
  }
}
