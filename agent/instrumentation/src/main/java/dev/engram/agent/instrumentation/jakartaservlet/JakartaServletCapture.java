package dev.engram.agent.instrumentation.jakartaservlet;

import dev.engram.agent.core.capture.Handover;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.ServerExchange;
import dev.engram.agent.core.http.ServerRequest;
import dev.engram.agent.record.ExceptionOrigin;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Follows a request through filters, servlets and dispatches: the first to see it opens the span,
 * and all later ones find that span in the request. Reads attributes and headers only: it never
 * touches parameters or the body, and never wraps.
 */
final class JakartaServletCapture {
  private JakartaServletCapture() {}

  /** What {@link #exit} must be given, or null when there is nothing to leave. */
  static @Nullable Object enter(Object handler, Object request, Object response) {
    if (!(request instanceof HttpServletRequest httpRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      return null;
    }
    if (httpRequest.getAttribute(ServerExchange.ATTRIBUTE) instanceof ServerExchange exchange) {
      Object scope = enterAgain(exchange.span());
      if (handler instanceof Servlet) {
        // Filters have told users apart by now, and may forget them before the request ends.
        JakartaUser.tell(exchange, httpRequest);
      }
      rememberWhatLedHere(httpRequest);
      return scope;
    }
    return enterFirst(httpRequest, httpResponse);
  }

  static void exit(Object handler, Object response, Object scope, @Nullable Throwable thrown) {
    String site = thrown == null ? null : handler.getClass().getName();
    if (scope instanceof JakartaExchange exchange) {
      exchange.span().leave();
      exchange.returned(thrown, site);
    } else if (scope instanceof OpenSpan span) {
      span.leave();
      if (thrown != null && !hasLeft(response, span, thrown)) {
        span.fail(JakartaExchange.unwrapped(thrown), ExceptionOrigin.ESCAPED, site);
      }
    }
  }

  /** Who has had nothing of an answer yet may still get one. */
  private static boolean hasLeft(Object response, OpenSpan span, Throwable thrown) {
    return response instanceof HttpServletResponse answer
        && answer.isCommitted()
        && JakartaDeparture.isMet(span, thrown);
  }

  /** The work of an asynchronous request, on whatever thread its container has for it. */
  static @Nullable Runnable carrying(AsyncContext context, Runnable work) {
    return context.getRequest().getAttribute(ServerExchange.ATTRIBUTE)
            instanceof ServerExchange exchange
        ? Handover.carrying(exchange.span(), work)
        : null;
  }

  /** An asynchronous request is gone, whether or not its end was told to anybody. */
  static void recycled(Object request, Object response) {
    if (request instanceof HttpServletRequest httpRequest
        && response instanceof HttpServletResponse httpResponse
        && httpRequest.getAttribute(ServerExchange.ATTRIBUTE) instanceof ServerExchange exchange
        && !exchange.span().isEnded()) {
      new JakartaExchange(exchange, httpRequest, httpResponse).abandoned();
    }
  }

  private static @Nullable JakartaExchange enterFirst(
      HttpServletRequest request, HttpServletResponse response) {
    OpenSpan span = arrival(request).open(name -> JakartaHeaders.of(request, name));
    if (span == null) {
      return null;
    }
    ServerRequest.cameIn(span, request.getProtocol());
    ServerExchange exchange = new ServerExchange(span);
    request.setAttribute(ServerExchange.ATTRIBUTE, exchange);
    exchange.answersWith(response);
    exchange.session(request.getRequestedSessionId());
    span.enter();
    return new JakartaExchange(exchange, request, response);
  }

  /**
   * A dispatch may arrive on a thread that has left the span, or never was in it: asynchronous work
   * that comes back, perhaps sent by another request, or an error page after the span has ended.
   */
  private static @Nullable OpenSpan enterAgain(OpenSpan span) {
    OpenSpan current = Tracing.current();
    return current == null || !current.isOfSameRequestAs(span) ? span.enter() : null;
  }

  /** An error page is told what went wrong only while it is being dispatched to. */
  private static void rememberWhatLedHere(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      return;
    }
    Throwable thrown = JakartaExchange.handled(request);
    if (thrown != null && !JakartaDeparture.isShownBy(thrown)) {
      Tracing.exception(JakartaExchange.unwrapped(thrown), ExceptionOrigin.HANDLED, null);
    }
  }

  private static ServerRequest arrival(HttpServletRequest request) {
    return new ServerRequest(
        request.getMethod(),
        request.getRequestURI(),
        request.getQueryString(),
        request.getScheme(),
        request.getRemoteAddr(),
        request.getHeader("User-Agent"),
        request.getHeader("traceparent"));
  }
}
