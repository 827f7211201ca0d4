package dev.engram.agent.instrumentation.okhttp;

import dev.engram.agent.core.remedy.GuardedCall;
import dev.engram.agent.core.remedy.Healing;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Tells the breaker and the limit of a call that is made, and what became of it unless it was
 * cancelled, or answered by the client's cache.
 */
final class BreakerCapture {
  private BreakerCapture() {}

  static @Nullable Object begin(Object chain) {
    if (Healing.isOff()) {
      return null;
    }
    Interceptor.Chain made = (Interceptor.Chain) chain;
    Request request = made.request();
    HttpUrl url = request.url();
    long timeoutNanos = made.call().timeout().timeoutNanos();
    return GuardedCall.inTurn(
        GuardedCall.begin(
            request.method(), url.host(), url.port(), url.isHttps(), url.encodedPath()),
        chain.getClass(),
        timeoutNanos);
  }

  static @Nullable Throwable exit(
      Object call, Object chain, @Nullable Object response, @Nullable Throwable thrown) {
    boolean isCanceled = ((Interceptor.Chain) chain).call().isCanceled();
    int status =
        response instanceof Response answer && answer.networkResponse() != null ? answer.code() : 0;
    return isCanceled ? GuardedCall.ended(call, 0, null) : GuardedCall.ended(call, status, thrown);
  }
}
