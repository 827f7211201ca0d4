package dev.engram.agent.instrumentation.reactornettyclient;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.lang.ref.WeakReference;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One call and its attempts, of which one at a time is open. Used by one thread at a time. */
final class ReactorNettyCall {
  private static final String SITE = "reactor.netty.http.client.HttpClient";

  private final @Nullable OpenSpan parent = Tracing.current();
  private final ClientCall call = new ClientCall();
  private final WeakReference<Object> handler;
  private volatile @Nullable OpenSpan attempt;
  private volatile @Nullable Object channel;
  private volatile boolean isAnswered;

  /**
   * @param handler the client's own object for it
   */
  ReactorNettyCall(Object handler) {
    this.handler = new WeakReference<>(handler);
  }

  /** The span in which the application made the call, or null. */
  @Nullable OpenSpan parent() {
    return parent;
  }

  /**
   * @param channel what tells its channel from others; null where there is none yet
   */
  void begin(String method, String url, @Nullable Object channel) {
    this.channel = channel;
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
      begin(method, url, null);
    }
    OpenSpan span = attempt;
    if (span != null && !isAnswered) {
      ClientResponse.failed(thrown, SITE).end(span);
    }
    attempt = null;
    isAnswered = false;
  }

  /**
   * A channel was closed; what it carried may have led to another attempt meanwhile.
   *
   * @return the call's handler when its attempt is given up by that, or null
   */
  @Nullable Object closed(Object closedChannel) {
    OpenSpan span = closedChannel.equals(channel) ? attempt : null;
    if (span == null || span.isEnded()) {
      return null;
    }
    span.fail("cancelled", "the connection was closed before there was a response").end();
    return handler.get();
  }

  private static ClientRequest request(String method, String url) {
    try {
      return ClientRequest.of(method, URI.create(url));
    } catch (IllegalArgumentException unusual) {
      return new ClientRequest(method, url, null, 0);
    }
  }
}
