package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.AlternativeQuestion;
import dev.engram.agent.core.remedy.LaterCall;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request by {@code sendAsync} that may be sent again. Its runs follow one another; each ends on
 * a thread of the client's pool, and the next one begins on one of the JDK's, where nobody waits.
 */
final class RetriedCall<T> {
  private final LaterCall call;
  private final HttpRequest request;
  private final BodyHandler<T> handler;
  private final RetriedFuture<HttpResponse<T>> result = new RetriedFuture<>(this::cancel);

  /**
   * What the application itself holds of the client. Between two runs nothing else holds it, and
   * without it the client ends; once the application is told, we hold it no more.
   */
  private volatile @Nullable HttpClient client;

  private volatile @Nullable CompletableFuture<HttpResponse<T>> run;
  private volatile boolean cancelled;

  private RetriedCall(
      LaterCall call, HttpClient client, HttpRequest request, BodyHandler<T> handler) {
    this.call = call;
    this.client = client;
    this.request = request;
    this.handler = handler;
  }

  /**
   * The first run is under way, or was refused.
   *
   * @param client what the application holds of it; null where that is not known
   * @return what the application is given; null for the client's own future
   */
  static @Nullable CompletableFuture<?> made(
      Object begun,
      @Nullable HttpClient client,
      @Nullable HttpRequest request,
      @Nullable BodyHandler<?> handler,
      @Nullable CompletableFuture<?> response) {
    LaterCall call = (LaterCall) begun;
    call.isMade();
    return client == null || request == null || handler == null || response == null
        ? null
        : follow(new RetriedCall<>(call, client, request, handler), response);
  }

  /** The client's own future is of the handler's type. */
  @SuppressWarnings("unchecked")
  private static <T> @Nullable CompletableFuture<?> follow(
      RetriedCall<T> retried, CompletableFuture<?> response) {
    retried.follow((CompletableFuture<HttpResponse<T>>) response);
    return retried.call.isRepeatable() ? retried.result : null;
  }

  private void follow(CompletableFuture<HttpResponse<T>> next) {
    run = next;
    if (cancelled) {
      next.cancel(true);
    }
    next.whenComplete(this::ended);
  }

  /** Whatever we do, the application is told. */
  private void ended(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
    try {
      long millis = isOver() ? LaterCall.NEVER : decided(answer, failure);
      if (millis != LaterCall.NEVER) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
            .execute(() -> again(answer, failure));
        return;
      }
      if (answer != null && !isOver() && asksAnother(answer)) {
        return;
      }
    } catch (Throwable ours) {
      Tracing.failed();
    }
    finish(answer, failure);
  }

  private long decided(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
    return answer == null
        ? RetryCapture.failedLater(call, handler, cause(failure))
        : RetryCapture.answeredLater(call, handler, answer);
  }

  /** Whether another model is asked, whose answer may stand in for this one. */
  private boolean asksAnother(HttpResponse<T> answer) {
    AlternativeQuestion other = AlternativeCapture.answeredLater(call, request, handler, answer);
    HttpClient current = client;
    if (other == null || current == null) {
      return false;
    }
    CompletableFuture<HttpResponse<T>> next =
        other.begin(() -> current.sendAsync(AlternativeCapture.request(request, other), handler));
    if (next == null) {
      return false;
    }
    run = next;
    if (cancelled) {
      next.cancel(true);
    }
    next.whenComplete((second, failure) -> choose(other, answer, second));
    return true;
  }

  /** The other model's answer, if it has one; it may have refused too. */
  private void choose(
      AlternativeQuestion other, HttpResponse<T> first, @Nullable HttpResponse<T> second) {
    boolean standsIn = false;
    try {
      if (second == null && isOver()) {
        other.abandoned();
      } else {
        standsIn = other.ended(second == null ? 0 : second.statusCode());
      }
    } catch (Throwable ours) {
      Tracing.failed();
    }
    close(standsIn ? first : second);
    giveBack(standsIn ? second : first, null);
  }

  /** The wait is over. */
  private void again(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
    CompletableFuture<HttpResponse<T>> next = null;
    try {
      next = isOver() ? null : call.again(this::send);
    } catch (Throwable refused) {
      Tracing.failed();
    }
    if (next == null || next.isCompletedExceptionally()) {
      giveBack(answer, failure);
    } else {
      follow(next);
      close(answer);
    }
  }

  private @Nullable CompletableFuture<HttpResponse<T>> send() {
    HttpClient current = client;
    return current == null ? null : current.sendAsync(request, handler);
  }

  /** What nobody but us can close where nobody wants it. */
  private void giveBack(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
    if (cancelled) {
      result.cancel(false);
    }
    if (!finish(answer, failure)) {
      close(answer);
    }
  }

  private static void close(@Nullable HttpResponse<?> answer) {
    if (answer != null) {
      RetryCapture.close(answer.body());
    }
  }

  /** Whether nobody waits for it any more. */
  private boolean isOver() {
    return cancelled || result.isDone();
  }

  /**
   * @return whether the application is told this, and was not told something else before
   */
  private boolean finish(@Nullable HttpResponse<T> answer, @Nullable Throwable failure) {
    client = null;
    return failure == null ? result.complete(answer) : result.completeExceptionally(failure);
  }

  private void cancel() {
    cancelled = true;
    CompletableFuture<HttpResponse<T>> current = run;
    if (current != null) {
      current.cancel(true);
    }
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? Thrown.cause(failure) : null;
    return cause == null ? failure : cause;
  }
}
