package dev.engram.agent.instrumentation.jersey;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.http.ServedRequest;
import dev.engram.agent.core.http.ServerExchange;
import dev.engram.agent.core.http.ServerResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.internal.process.MappableException;
import org.glassfish.jersey.server.internal.process.RequestProcessingContext;
import org.glassfish.jersey.uri.UriTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the span of a request what Jersey knows. A servlet's request carries the span, because the
 * answer of an asynchronous one comes from a thread that may serve another; the JDK's HTTP server
 * has no such requests.
 */
final class JerseyCapture {
  private JerseyCapture() {}

  static void matched(Object processing) {
    ContainerRequest request = ((RequestProcessingContext) processing).request();
    OpenSpan span = span(request);
    if (span != null) {
      ServerResponse.matched(span, request.getMethod(), route(request));
    }
  }

  static void caught(Object processing, Throwable thrown) {
    OpenSpan span = span(((RequestProcessingContext) processing).request());
    if (span != null) {
      span.met(unwrapped(thrown));
    }
  }

  /** In a servlet container the properties of this request are the servlet's attributes. */
  private static @Nullable OpenSpan span(ContainerRequest request) {
    return ServedRequest.span(request.getProperty(ServerExchange.ATTRIBUTE));
  }

  /** The path of the application, then the templates, which Jersey lists from the innermost. */
  private static String route(ContainerRequest request) {
    Deque<String> templates = new ArrayDeque<>();
    for (UriTemplate template : request.getUriInfo().getMatchedTemplates()) {
      templates.addFirst(template.getTemplate());
    }
    templates.addFirst(request.getBaseUri().getPath());
    return ServedRequest.route(templates);
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown instanceof MappableException ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }
}
