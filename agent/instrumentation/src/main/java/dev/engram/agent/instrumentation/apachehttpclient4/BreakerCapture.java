package dev.engram.agent.instrumentation.apachehttpclient4;

import dev.engram.agent.core.remedy.GuardedCall;
import dev.engram.agent.core.remedy.Healing;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Tells the breaker and the limit of a call that is made, and what became of it. */
final class BreakerCapture {
  private BreakerCapture() {}

  static @Nullable Object begin(@Nullable Object target, Object request) {
    if (Healing.isOff()) {
      return null;
    }
    HttpRequest asked = (HttpRequest) request;
    HttpHost host = RetryCapture.host((HttpHost) target, asked);
    return host == null
        ? null
        : GuardedCall.inTurn(
            GuardedCall.begin(
                asked.getRequestLine().getMethod(),
                host.getHostName(),
                host.getPort(),
                "https".equalsIgnoreCase(host.getSchemeName()),
                asked.getRequestLine().getUri()),
            asked.getClass(),
            0);
  }

  static @Nullable Throwable exit(
      Object call, @Nullable Object response, @Nullable Throwable thrown) {
    int status =
        response instanceof HttpResponse answer ? answer.getStatusLine().getStatusCode() : 0;
    return GuardedCall.ended(call, status, thrown);
  }
}
