package dev.engram.agent.instrumentation.vertx;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.SpanKind;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the span that a request arrived in, because its handlers run on any thread. The contexts of
 * mounted routers have their response in common.
 */
final class RoutingCapture {
  private RoutingCapture() {}

  static void arrived(RoutingContext context) {
    OpenSpan span = Tracing.current();
    if (span != null && span.kind() == SpanKind.SERVER) {
      RoutedRequests.arrived(context.response(), span);
    }
  }

  /** Routes without a path serve everything and say nothing; the last with one is the closest. */
  static void matched(@Nullable String path, RoutingContext context) {
    OpenSpan span = path == null ? null : RoutedRequests.span(context.response());
    if (path != null && span != null) {
      String mounted = context.mountPoint() == null ? path : join(context.mountPoint(), path);
      ServerResponse.matched(span, context.request().method().name(), mounted);
    }
  }

  static void failed(RoutingContext context, @Nullable Throwable thrown) {
    OpenSpan span = thrown == null ? null : RoutedRequests.span(context.response());
    if (thrown != null && span != null) {
      span.met(thrown);
    }
  }

  private static String join(String mountPoint, String path) {
    return mountPoint.endsWith("/")
        ? mountPoint.substring(0, mountPoint.length() - 1) + path
        : mountPoint + path;
  }
}
