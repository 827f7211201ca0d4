package dev.engram.agent.instrumentation.apachehttpclient5;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Follows a call through its attempts; the runtime that the client makes for each call tells them
 * apart. The request of an attempt is the client's own copy, so a header in it is not the
 * application's to see.
 */
final class ApacheHttpClient5Capture {
  static final String ASYNC_SITE = "org.apache.hc.client5.http.async.HttpAsyncClient#execute";

  private static final Attachments<ClientCall> CALLS = new Attachments<>();

  private ApacheHttpClient5Capture() {}

  /** What {@link #ended} must be given, or null when the attempt is not remembered. */
  static @Nullable Object attempted(Object request, Object scope) {
    ExecChain.Scope attempted = (ExecChain.Scope) scope;
    ClientCall call = CALLS.get(attempted.execRuntime);
    if (call == null) {
      call = new ClientCall();
      CALLS.put(attempted.execRuntime, call);
    }
    OpenSpan span = open(call, (HttpRequest) request, attempted.route.getTargetHost());
    return span == null ? null : span.enter();
  }

  static void ended(Object attempt, @Nullable Object response, @Nullable Throwable thrown) {
    OpenSpan span = (OpenSpan) attempt;
    span.leave();
    if (thrown != null) {
      ClientResponse.failed(thrown, ModelQuestion.SITE).end(span);
    } else if (response instanceof HttpResponse answer) {
      response(answer).end(span);
    }
  }

  static @Nullable OpenSpan open(ClientCall call, HttpRequest request, HttpHost target) {
    String path = request.getPath();
    // A request to a proxy has the whole URL there.
    String url = path.startsWith("/") ? target.toURI() + path : path;
    OpenSpan span =
        call.attempt(
            new ClientRequest(request.getMethod(), url, target.getHostName(), target.getPort()));
    if (span == null) {
      return null;
    }
    Header existing = request.getFirstHeader(ClientCall.TRACEPARENT);
    String header = call.traceparent(span, existing == null ? null : existing.getValue());
    if (header != null) {
      request.setHeader(ClientCall.TRACEPARENT, header);
    }
    return span;
  }

  static ClientResponse response(HttpResponse response) {
    return ClientResponse.of(
        response.getCode(),
        response.getVersion() == null ? null : response.getVersion().toString());
  }
}
