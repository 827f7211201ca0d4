package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.remedy.GuardedCall;
import dev.engram.agent.core.remedy.Healing;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells the breaker and the limit of a request that is sent, and what became of it. */
final class BreakerCapture {
  private BreakerCapture() {}

  static @Nullable Object begin(HttpRequest request) {
    return GuardedCall.inTurn(guarded(request), request.getClass(), 0);
  }

  /** The same of {@code sendAsync}, whose caller must not wait. */
  static @Nullable Object beginLater(HttpRequest request) {
    return Healing.isOff() || GuardedCall.isRepeating()
        ? null
        : GuardedCall.inTurn(guarded(request), null, 0);
  }

  private static @Nullable Object guarded(HttpRequest request) {
    if (Healing.isOff()) {
      return null;
    }
    URI uri = request.uri();
    boolean isSecure = "https".equalsIgnoreCase(uri.getScheme());
    return GuardedCall.begin(
        request.method(), uri.getHost(), uri.getPort(), isSecure, uri.getRawPath());
  }

  static @Nullable Throwable exit(
      Object call, @Nullable Object response, @Nullable Throwable thrown) {
    return GuardedCall.ended(call, status(response), thrown);
  }

  /**
   * The call is under way, was not made, or the client would not take it.
   *
   * @param response null where it threw
   * @return what the application is given where it is not made; null for the client's own future
   */
  static @Nullable CompletableFuture<?> exitLater(
      Object call, @Nullable CompletableFuture<?> response) {
    Throwable spared = GuardedCall.isMade(call);
    if (spared != null) {
      return CompletableFuture.failedFuture(spared);
    }
    if (response == null) {
      GuardedCall.ended(call, 0, null);
    } else {
      response.whenComplete((answer, failure) -> GuardedCall.ended(call, status(answer), failure));
    }
    return null;
  }

  private static int status(@Nullable Object response) {
    return response instanceof HttpResponse<?> answer ? answer.statusCode() : 0;
  }
}
