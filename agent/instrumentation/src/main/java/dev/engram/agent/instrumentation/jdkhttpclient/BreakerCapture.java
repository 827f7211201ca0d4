package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.remedy.GuardedCall;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Tells the breaker of a request that is sent, and what became of it. */
final class BreakerCapture {
  private BreakerCapture() {}

  static @Nullable Object begin(HttpRequest request) {
    URI uri = request.uri();
    boolean isSecure = "https".equalsIgnoreCase(uri.getScheme());
    return GuardedCall.begin(
        request.method(), uri.getHost(), uri.getPort(), isSecure, uri.getRawPath());
  }

  static @Nullable Throwable exit(
      Object call, @Nullable Object response, @Nullable Throwable thrown) {
    int status = response instanceof HttpResponse<?> answer ? answer.statusCode() : 0;
    return GuardedCall.ended(call, status, thrown);
  }
}
