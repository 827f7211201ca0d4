package dev.engram.agent.instrumentation.helidon;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.core.http.ServedRequest;
import dev.engram.agent.core.http.ServerRequest;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Follows a request on the one virtual thread that serves it. What its routing throws, the thread's
 * HTTP/1 connection answers; over HTTP/2 nobody does.
 */
final class HelidonCapture {
  /** In what Helidon wraps a checked exception of a handler. */
  private static final String WRAPPER = "io.helidon.http.InternalServerException";

  private HelidonCapture() {}

  /** For {@link #routed}; null when capture is off. */
  static @Nullable Object arrived(Object request) throws Throwable {
    OpenSpan span =
        new ServerRequest(
                HelidonRequest.method(request),
                HelidonRequest.path(request),
                HelidonRequest.query(request),
                HelidonRequest.isSecure(request) ? "https" : "http",
                HelidonRequest.client(request),
                HelidonRequest.header(request, "User-Agent"),
                HelidonRequest.header(request, "traceparent"))
            .open(HelidonRequest.headers(request));
    if (span == null) {
      return null;
    }
    ServerRequest.cameIn(span, HelidonRequest.version(request));
    return span.enter();
  }

  static void caught(Throwable thrown) {
    OpenSpan span = ServedRequest.span(null);
    if (span != null) {
      Throwable cause = thrown.getClass().getName().equals(WRAPPER) ? Thrown.cause(thrown) : null;
      span.met(cause == null ? thrown : cause);
    }
  }

  /** The routing is done with a request, and has answered it unless something was thrown. */
  static void routed(Object entered, Object request, Object response, @Nullable Throwable thrown)
      throws Throwable {
    OpenSpan span = (OpenSpan) entered;
    span.leave();
    try {
      if (thrown != null && !HelidonRequest.isSent(response)) {
        escaped(span, request, thrown);
      } else {
        HttpCapture.responseHeaders(span, HelidonRequest.responseHeaders(response));
        new ServerResponse(
                HelidonRequest.method(request),
                HelidonRequest.route(request),
                HelidonRequest.status(response),
                thrown,
                ExceptionOrigin.ESCAPED,
                null)
            .end(span);
      }
    } catch (Throwable unknown) {
      span.end();
      throw unknown;
    }
  }

  private static void escaped(OpenSpan span, Object request, Throwable thrown) throws Throwable {
    UnansweredRequest unanswered =
        new UnansweredRequest(
            HelidonRequest.method(request), HelidonRequest.route(request), thrown);
    if (HelidonRequest.isHttp1(request)) {
      span.operation(unanswered).enter();
      caught(thrown);
    } else {
      unanswered.end(span);
    }
  }

  /** An exception is answered with this status, inside the routing or after it. */
  static void answering(Object status) throws Throwable {
    OpenSpan span = ServedRequest.span(null);
    if (span != null && span.operation() instanceof UnansweredRequest request) {
      request.status(HelidonRequest.code(status));
    }
  }

  /** A connection is done with its requests. */
  static void closed() {
    OpenSpan span = ServedRequest.span(null);
    if (span != null && span.operation() instanceof UnansweredRequest request) {
      span.leave();
      request.end(span);
    }
  }
}
