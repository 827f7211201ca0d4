package dev.engram.agent.instrumentation.helidon;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.http.ServedRequest;
import dev.engram.agent.core.http.ServerRequest;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/** Follows a request on the one virtual thread that serves it. */
final class HelidonCapture {
  /** In what Helidon wraps a checked exception of a handler. */
  private static final String WRAPPER = "io.helidon.http.InternalServerException";

  private HelidonCapture() {}

  /** For {@link #answered}; null when capture is off. */
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
            .open();
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

  static void answered(Object entered, Object request, Object response, @Nullable Throwable thrown)
      throws Throwable {
    OpenSpan span = (OpenSpan) entered;
    span.leave();
    try {
      new ServerResponse(
              HelidonRequest.method(request),
              HelidonRequest.route(request),
              HelidonRequest.status(response),
              thrown,
              ExceptionOrigin.ESCAPED,
              null)
          .end(span);
    } finally {
      span.end();
    }
  }
}
