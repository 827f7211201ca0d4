package dev.engram.agent.instrumentation.apachehttpclient5;

import dev.engram.agent.core.remedy.GuardedCall;
import dev.engram.agent.core.remedy.Healing;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Tells the breaker and the limit of a call that is made, and what became of it. */
final class BreakerCapture {
  private BreakerCapture() {}

  static @Nullable Object begin(@Nullable Object target, Object request) {
    if (Healing.isOff()) {
      return null;
    }
    ClassicHttpRequest asked = (ClassicHttpRequest) request;
    HttpHost host = RetryCapture.host((HttpHost) target, asked);
    return host == null
        ? null
        : GuardedCall.inTurn(
            GuardedCall.begin(
                asked.getMethod(),
                host.getHostName(),
                host.getPort(),
                "https".equalsIgnoreCase(host.getSchemeName()),
                asked.getPath()),
            asked.getClass(),
            0);
  }

  static @Nullable Throwable exit(
      Object call, @Nullable Object response, @Nullable Throwable thrown) {
    int status = response instanceof HttpResponse answer ? answer.getCode() : 0;
    return GuardedCall.ended(call, status, thrown);
  }
}
