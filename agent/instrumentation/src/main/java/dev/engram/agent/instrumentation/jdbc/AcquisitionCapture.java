package dev.engram.agent.instrumentation.jdbc;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.sql.ConnectionWait;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows how long the application waits for a connection, however many sources hand the request
 * on. A pool that has one ready gives it in microseconds, and a span of that would double the cost
 * of the statement that follows; so only a wait that failed or was long is remembered.
 *
 * <p>The span is not current meanwhile: what a pool executes to open or test a connection is a
 * statement like others, and must not be below a span that may never be written.
 */
final class AcquisitionCapture {
  static final long WORTH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private AcquisitionCapture() {}

  /** Before a source is asked; null inside another, and inside a statement. */
  static @Nullable Object enter(Object source, String method) {
    if (StatementCapture.isInside() || !ConnectionWait.begin()) {
      return null;
    }
    String type = source.getClass().getName();
    OpenSpan span =
        Tracing.open(
            SpanKind.INTERNAL,
            Category.SQL,
            type.substring(type.lastIndexOf('.') + 1) + "." + method);
    if (span == null) {
      ConnectionWait.end();
      return null;
    }
    span.put(AttributeKey.CODE_FUNCTION_NAME, type + "." + method);
    return new Acquisition(span, System.nanoTime(), Tracing.current() != null);
  }

  /**
   * @param connection null also where a driver does not know the URL
   */
  static void exit(
      Object waited,
      Object source,
      String method,
      @Nullable Object connection,
      @Nullable Throwable thrown) {
    ConnectionWait.end();
    Acquisition acquisition = (Acquisition) waited;
    OpenSpan span = acquisition.span;
    if (thrown != null) {
      StatementCapture.fail(span, source, method, thrown);
      span.end();
    } else if (connection != null && acquisition.isWorth()) {
      describe(span, (Connection) connection);
      span.end();
    }
  }

  /** Inside the span: what the driver does to answer is no statement of the application. */
  private static void describe(OpenSpan span, Connection connection) {
    span.enter();
    ConnectionState.of(connection).database().describe(span);
    span.leave();
  }

  /**
   * @param wanted whether something waited for it; a pool fills itself where no span is
   */
  private record Acquisition(OpenSpan span, long since, boolean wanted) {
    boolean isWorth() {
      return wanted && System.nanoTime() - since >= WORTH_NANOS;
    }
  }
}
