package dev.engram.agent.instrumentation.jdkhttpclient;

import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.core.remedy.LaterCall;
import dev.engram.agent.core.remedy.RepeatableCall;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is sent again. The client connects anew by itself where a connection
 * could not be had or was closed; it waits for nothing, and never answers a status.
 */
final class RetryCapture {
  private static final String RETRY_AFTER = "retry-after";

  private RetryCapture() {}

  static @Nullable Object begin(Object client, HttpRequest request) {
    return !Healing.isOff() && isRepeatable(request)
        ? RepeatableCall.begin(
            client.getClass(),
            request.method(),
            request.uri().getHost(),
            request.uri().getRawPath(),
            () -> ClientRequest.of(request.method(), request.uri()),
            false)
        : null;
  }

  /**
   * The same of {@code sendAsync}.
   *
   * @param facade refers to what the application holds of the client
   */
  static @Nullable Object beginLater(
      Object client, @Nullable Reference<?> facade, HttpRequest request) {
    return !Healing.isOff() && held(facade) != null && isRepeatable(request)
        ? LaterCall.begin(
            client.getClass(),
            request.method(),
            request.uri().getHost(),
            request.uri().getRawPath(),
            () -> ClientRequest.of(request.method(), request.uri()))
        : null;
  }

  /** It is there as long as the application is in the method, which it called by it. */
  static @Nullable HttpClient held(@Nullable Reference<?> facade) {
    return facade != null && facade.get() instanceof HttpClient client ? client : null;
  }

  /** Its body, if it has one, can be sent again. */
  private static boolean isRepeatable(HttpRequest request) {
    BodyPublisher body = request.bodyPublisher().orElse(null);
    return body == null || body.contentLength() == 0 || RequestBodies.areFromMemory(body);
  }

  static boolean exit(
      Object call,
      @Nullable BodyHandler<?> handler,
      @Nullable Object response,
      @Nullable Throwable thrown) {
    RepeatableCall made = (RepeatableCall) call;
    if (thrown != null) {
      return failed(made, handler, thrown);
    }
    if (!(response instanceof HttpResponse<?> answer)) {
      made.leftAlone();
      return false;
    }
    if (!AnswerHandlers.keep(handler)) {
      made.succeeded();
      return false;
    }
    String retryAfter = answer.headers().firstValue(RETRY_AFTER).orElse(null);
    boolean again = made.answered(answer.statusCode(), retryAfter);
    if (again) {
      close(answer.body());
    }
    return again;
  }

  /** Where the handler may have given something away, only what failed before it was asked. */
  private static boolean failed(
      RepeatableCall call, @Nullable BodyHandler<?> handler, Throwable thrown) {
    if (RepeatableCall.isBeforeAnything(thrown) || AnswerHandlers.keep(handler)) {
      return call.failed(thrown);
    }
    call.leftAlone();
    return false;
  }

  /** As {@link LaterCall#answered}. */
  static long answeredLater(LaterCall call, BodyHandler<?> handler, HttpResponse<?> answer) {
    if (!AnswerHandlers.keep(handler)) {
      call.succeeded();
      return LaterCall.NEVER;
    }
    return call.answered(
        answer.statusCode(), answer.headers().firstValue(RETRY_AFTER).orElse(null));
  }

  /** As {@link LaterCall#failed}. */
  static long failedLater(LaterCall call, BodyHandler<?> handler, @Nullable Throwable thrown) {
    if (thrown != null
        && (RepeatableCall.isBeforeAnything(thrown) || AnswerHandlers.keep(handler))) {
      return call.failed(thrown);
    }
    call.leftAlone();
    return LaterCall.NEVER;
  }

  /** What the application would have read and closed. */
  static void close(@Nullable Object body) {
    if (body instanceof InputStream stream) {
      try {
        stream.close();
      } catch (IOException broken) {
        // Nobody reads it.
      }
    }
  }
}
