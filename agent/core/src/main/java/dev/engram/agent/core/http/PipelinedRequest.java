package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request of a {@link ServerConnection}. */
final class PipelinedRequest {
  private final String method;
  private final @Nullable OpenSpan span;
  private volatile int status;

  /**
   * @param method as sent
   * @param span null when there is none to fill; the request still has its place
   */
  PipelinedRequest(String method, @Nullable OpenSpan span) {
    this.method = method;
    this.span = span;
  }

  @Nullable OpenSpan span() {
    return span;
  }

  /** Whether a span is of this request. */
  boolean isOf(@Nullable OpenSpan other) {
    return span != null && other != null && span.isOfSameRequestAs(other);
  }

  void answered(int status, Function<String, @Nullable String> headers) {
    this.status = status;
    if (span != null) {
      HttpCapture.responseHeaders(span, headers);
    }
  }

  /**
   * Ends the span.
   *
   * @param origin escaped when the answer was never completed
   */
  void end(ExceptionOrigin origin) {
    if (span == null) {
      return;
    }
    Throwable escaped = origin == ExceptionOrigin.ESCAPED ? span.met() : null;
    if (status == 0 && escaped == null) {
      span.fail("aborted", "its connection or stream was closed before the request was answered");
    }
    new ServerResponse(method, null, status, escaped, origin, null).end(span);
  }

  /** Ends the span with what is known: whether it was answered, and how, was not seen. */
  void giveUp() {
    if (span != null) {
      new ServerResponse(method, null, status, null, ExceptionOrigin.HANDLED, null).end(span);
    }
  }
}
