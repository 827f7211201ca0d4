package dev.engram.agent.instrumentation.vertx;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * The spans that routed requests arrived in, until their responses are complete or their
 * connections close. Kept by the response: Vert.x Web wraps the request. Thread-safe.
 */
final class RoutedRequests {
  private static final Attachments<OpenSpan> BY_RESPONSE = new Attachments<>();

  private RoutedRequests() {}

  static void arrived(HttpServerResponse response, OpenSpan span) {
    BY_RESPONSE.put(response, span);
  }

  static @Nullable OpenSpan span(HttpServerResponse response) {
    return BY_RESPONSE.get(response);
  }

  /**
   * @param request null when none is in progress
   */
  static void ended(@Nullable Object request) {
    if (request != null) {
      BY_RESPONSE.remove(((HttpServerRequest) request).response());
    }
  }

  /** A response whose stream is over. */
  static void closed(Object response) {
    BY_RESPONSE.remove(response);
  }
}
