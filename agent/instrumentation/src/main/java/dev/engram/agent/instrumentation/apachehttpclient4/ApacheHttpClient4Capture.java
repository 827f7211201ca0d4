package dev.engram.agent.instrumentation.apachehttpclient4;

import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.routing.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * Follows a call through its attempts on the caller's thread. The request of an attempt is the
 * client's own copy, so a header in it is not the application's to see.
 */
final class ApacheHttpClient4Capture {
  /** Set between {@link #called} and {@link #returned}; an interceptor may make calls inside. */
  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  /**
   * @param asked the model that is asked, or null
   */
  private record Scope(@Nullable WireCall asked, ClientCall call, @Nullable Scope outer) {}

  private ApacheHttpClient4Capture() {}

  /** For {@link #returned}. */
  static Object called(@Nullable Object target, Object request) {
    // First, so that the attempts are of the question.
    WireCall asked = ModelQuestion.of(target, request);
    Scope scope = new Scope(asked, new ClientCall(), CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  static void returned(Object scope, @Nullable Object response, @Nullable Throwable thrown) {
    Scope ended = (Scope) scope;
    if (ended.outer() == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(ended.outer());
    }
    if (ended.asked() != null) {
      ModelQuestion.executed(ended.asked(), response, thrown);
    }
  }

  /** What {@link #ended} must be given, or null when the attempt is not remembered. */
  static @Nullable Object attempted(Object route, Object request) {
    Scope scope = CURRENT.get();
    HttpRequestWrapper wrapped = (HttpRequestWrapper) request;
    OpenSpan span =
        scope == null ? null : scope.call().attempt(request(((HttpRoute) route), wrapped));
    if (scope == null || span == null) {
      return null;
    }
    Header existing = wrapped.getFirstHeader(ClientCall.TRACEPARENT);
    String header = scope.call().traceparent(span, existing == null ? null : existing.getValue());
    if (header != null) {
      wrapped.setHeader(ClientCall.TRACEPARENT, header);
    }
    return span.enter();
  }

  static void ended(Object attempt, @Nullable Object response, @Nullable Throwable thrown) {
    OpenSpan span = (OpenSpan) attempt;
    span.leave();
    if (thrown != null) {
      ClientResponse.failed(thrown, ModelQuestion.SITE).end(span);
    } else if (response instanceof HttpResponse answer) {
      ClientResponse.of(
              answer.getStatusLine().getStatusCode(), answer.getProtocolVersion().toString())
          .end(span);
    }
  }

  private static ClientRequest request(HttpRoute route, HttpRequestWrapper request) {
    HttpHost target = route.getTargetHost();
    String path = String.valueOf(request.getURI());
    return new ClientRequest(
        request.getMethod(),
        path.startsWith("/") ? target.toURI() + path : path,
        target.getHostName(),
        target.getPort());
  }
}
