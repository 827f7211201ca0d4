package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * A request as a framework inside a server sees it: the server's instrumentation has opened the
 * span, the framework knows which route matched and what it caught.
 */
public final class ServedRequest {
  /** The attribute of a request that holds its user's name, where its server tells it early. */
  public static final String USER = "dev.engram.user";

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

  /**
   * The span of the request whose thread this is, if its user is wanted and not known; else null.
   */
  public static @Nullable OpenSpan lackingUser() {
    OpenSpan span = span(null);
    return span != null && lacksUser(span) ? span : null;
  }

  static boolean lacksUser(OpenSpan span) {
    return HttpCapture.live().users() && span.text(AttributeKey.USER_ID) == null;
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
