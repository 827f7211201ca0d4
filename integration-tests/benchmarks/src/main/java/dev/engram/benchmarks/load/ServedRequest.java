package dev.engram.benchmarks.load;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ServerRequest;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.ExceptionOrigin;

/**
 * One request as the HTTP instrumentations hand it to capture: a begun note on entry, the span in
 * context meanwhile, eight attributes in all, one of them a query with a secret in it. Needs live
 * capture. Thread-safe.
 */
public final class ServedRequest {
  /** As a browser sends it. */
  public static final String USER_AGENT =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Safari/537.36";

  private ServedRequest() {}

  /** Opens the span, enters and leaves its context and ends it. */
  public static void serve() {
    OpenSpan span =
        new ServerRequest(
                "GET",
                "/api/orders/20261",
                "page=2&size=50&access_token=3f9a6c51",
                "https",
                "10.20.30.40",
                USER_AGENT,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .open();
    if (span == null) {
      throw new IllegalStateException("capture is off: nothing would be measured");
    }
    span.enter();
    span.leave();
    new ServerResponse("GET", "/api/orders/{id}", 200, null, ExceptionOrigin.HANDLED, null)
        .end(span);
  }
}
