package dev.engram.agent.core.http;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param method as sent
 * @param route the template by which the server chose, or null when unknown; one that a framework
 *     inside the server has {@linkplain #matched matched} is narrower and stays
 * @param status 0 when no response was sent
 * @param thrown what escaped, or what was turned into this response; null when nothing was, or the
 *     span has {@linkplain OpenSpan#met met} it
 * @param origin how {@code thrown} came to be seen
 * @param site {@code class#method} where it was seen, or null
 */
public record ServerResponse(
    String method,
    @Nullable String route,
    int status,
    @Nullable Throwable thrown,
    ExceptionOrigin origin,
    @Nullable String site) {

  /** Whether what is written goes to the client, by the request's method and the status. */
  public static boolean hasBody(String method, int status) {
    return !method.equals("HEAD") && status >= 200 && status != 204 && status != 304;
  }

  /** Fills the span and ends it. */
  public void end(OpenSpan span) {
    if (route != null && span.text(AttributeKey.HTTP_ROUTE) == null) {
      matched(span, method, route);
    }
    if (status > 0) {
      span.put(AttributeKey.HTTP_RESPONSE_STATUS_CODE, status);
    }
    Throwable met = status >= 500 ? span.met() : null;
    if (thrown != null) {
      span.fail(thrown, origin, site);
    } else if (met != null) {
      span.fail(met, ExceptionOrigin.HANDLED, null);
    } else if (status >= 500) {
      span.fail(Integer.toString(status), null);
    }
    FeedbackRequests.answered(span, status);
    span.end();
  }

  /**
   * Names a request by the template that its path matched, before or when it ends.
   *
   * @param method as sent
   */
  public static void matched(OpenSpan span, String method, String route) {
    span.name(ServerRequest.spanName(method, route)).put(AttributeKey.HTTP_ROUTE, route);
  }
}
