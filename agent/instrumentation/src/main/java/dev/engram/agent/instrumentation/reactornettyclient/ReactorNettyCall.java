package dev.engram.agent.instrumentation.reactornettyclient;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One call and its attempts, of which one at a time is open. Used by one thread at a time. */
final class ReactorNettyCall {
  private static final String SITE = "reactor.netty.http.client.HttpClient";

  private final @Nullable OpenSpan parent = Tracing.current();
  private final ClientCall call = new ClientCall();
  private volatile @Nullable OpenSpan attempt;
  private volatile boolean isAnswered;

  /** The span in which the application made the call, or null. */
  @Nullable OpenSpan parent() {
    return parent;
  }

  void begin(String method, String url) {
    attempt = call.attempt(request(method, url));
    isAnswered = false;
  }

  void propagate(HttpHeaders headers) {
    OpenSpan span = attempt;
    String header =
        span == null ? null : call.traceparent(span, headers.get(ClientCall.TRACEPARENT));
    if (header != null) {
      headers.set(ClientCall.TRACEPARENT, header);
    }
  }

  void answered(HttpResponse response) {
    isAnswered = true;
    OpenSpan span = attempt;
    if (span != null) {
      ClientResponse.of(response.status().code(), response.protocolVersion().text()).end(span);
    }
  }

  /** An attempt that was answered before it failed has ended; it may be that none had begun. */
  void failed(String method, String url, Throwable thrown) {
    if (attempt == null && !isAnswered) {
      begin(method, url);
    }
    OpenSpan span = attempt;
    if (span != null && !isAnswered) {
      ClientResponse.failed(thrown, SITE).end(span);
    }
    attempt = null;
    isAnswered = false;
  }

  void closed() {
    OpenSpan span = attempt;
    if (span != null && !span.isEnded()) {
      span.fail("cancelled", "the connection was closed before there was a response").end();
    }
  }

  private static ClientRequest request(String method, String url) {
    try {
      return ClientRequest.of(method, URI.create(url));
    } catch (IllegalArgumentException unusual) {
      return new ClientRequest(method, url, null, 0);
    }
  }
}
