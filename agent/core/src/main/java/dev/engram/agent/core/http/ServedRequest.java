package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * A request as a framework inside a server sees it: the server's instrumentation has opened the
 * span, the framework knows which route matched and what it caught.
 */
public final class ServedRequest {
  private ServedRequest() {}

  /**
   * The span of a request, or null when nobody has opened one.
   *
   * @param attribute what the request holds as {@link ServerExchange#ATTRIBUTE}; where it holds
   *     nothing, the span is that of the server whose thread this is
   */
  public static @Nullable OpenSpan span(@Nullable Object attribute) {
    if (attribute instanceof ServerExchange exchange) {
      return exchange.span();
    }
    OpenSpan current = Tracing.current();
    return current != null && current.kind() == SpanKind.SERVER ? current : null;
  }

  /** The templates that matched one after the other, outermost first, as one route. */
  public static String route(Iterable<String> templates) {
    StringBuilder route = new StringBuilder();
    for (String template : templates) {
      int begin = template.startsWith("/") ? 1 : 0;
      int end = template.length() - (template.endsWith("/") ? 1 : 0);
      if (begin < end) {
        route.append('/').append(template, begin, end);
      }
    }
    return route.isEmpty() ? "/" : route.toString();
  }
}
