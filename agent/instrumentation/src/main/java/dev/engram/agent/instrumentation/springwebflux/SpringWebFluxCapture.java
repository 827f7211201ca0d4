package dev.engram.agent.instrumentation.springwebflux;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.SpanKind;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/** An exchange keeps the span it arrived in, because its steps run on any thread. */
final class SpringWebFluxCapture {
  static final String SPAN = "dev.engram.span";

  private static final String PATTERN =
      "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";

  private SpringWebFluxCapture() {}

  static void arrived(ServerWebExchange exchange) {
    OpenSpan span = Tracing.current();
    if (span != null && span.kind() == SpanKind.SERVER) {
      exchange.getAttributes().put(SPAN, span);
    }
  }

  static void mapped(ServerWebExchange exchange) {
    OpenSpan span = span(exchange);
    Object pattern = exchange.getAttribute(PATTERN);
    if (span != null && pattern != null) {
      String route = exchange.getRequest().getPath().contextPath().value() + pattern;
      // Spring 5 knows no object for a method that is not one of HTTP's.
      HttpMethod method = exchange.getRequest().getMethod();
      ServerResponse.matched(span, method == null ? "" : method.name(), route);
    }
  }

  /** The exchange and the exception are among these. */
  static void thrown(Object[] arguments) {
    OpenSpan span = null;
    Throwable thrown = null;
    for (Object argument : arguments) {
      if (argument instanceof ServerWebExchange exchange) {
        span = span(exchange);
      } else if (argument instanceof Throwable it) {
        thrown = it;
      }
    }
    if (span != null && thrown != null) {
      span.met(thrown);
    }
  }

  private static @Nullable OpenSpan span(ServerWebExchange exchange) {
    return exchange.getAttribute(SPAN) instanceof OpenSpan span ? span : null;
  }
}
