package dev.engram.agent.instrumentation.helidon;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A request that left the routing with an exception: its connection answers it with an error, or
 * not at all. Confined to the connection's thread.
 */
final class UnansweredRequest {
  private final String method;
  private final @Nullable String route;
  private final Throwable thrown;
  private int status;

  UnansweredRequest(String method, @Nullable String route, Throwable thrown) {
    this.method = method;
    this.route = route;
    this.thrown = thrown;
  }

  /** What it is about to be answered with. */
  void status(int status) {
    this.status = status;
  }

  /** Ends its span, once nothing more is sent. */
  void end(OpenSpan span) {
    Throwable escaped = status == 0 ? thrown : null;
    new ServerResponse(method, route, status, escaped, ExceptionOrigin.ESCAPED, null).end(span);
  }
}
