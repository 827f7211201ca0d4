package dev.engram.agent.instrumentation.jakartaservlet;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.core.http.ServerExchange;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.ExceptionOrigin;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request whose span is open, from the first filter or servlet that saw it until it returned, or
 * until the asynchronous work it started has completed. Used by one thread at a time, as the
 * container hands the request on.
 */
final class JakartaExchange implements AsyncListener {
  /** Where containers, JSP and Spring's exception resolver leave the exception behind an error. */
  private static final List<String> EXCEPTIONS =
      List.of(
          "jakarta.servlet.error.exception",
          "jakarta.servlet.jsp.jspException",
          "org.springframework.web.servlet.DispatcherServlet.EXCEPTION");

  private final ServerExchange exchange;
  private final OpenSpan span;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private @Nullable Throwable asyncError;
  private boolean timedOut;

  JakartaExchange(
      ServerExchange exchange, HttpServletRequest request, HttpServletResponse response) {
    this.exchange = exchange;
    this.span = exchange.span();
    this.request = request;
    this.response = response;
  }

  OpenSpan span() {
    return span;
  }

  /** The handler that saw the request first is done; so is the request, unless it went async. */
  void returned(@Nullable Throwable thrown, @Nullable String site) {
    if (thrown == null && request.isAsyncStarted() && listen()) {
      return;
    }
    end(thrown, site);
  }

  /**
   * The container has dropped the request, which it does when the client has left. Then Tomcat may
   * show a status of 500 that it never sent.
   */
  void abandoned() {
    JakartaDeparture.mark(span);
    end(() -> describe(sentStatus(), null, null, null));
  }

  /** 0 where it is not known. */
  private int sentStatus() {
    int status = response.getStatus();
    return response.isCommitted() && status < 500 ? status : 0;
  }

  /** Called by the container, which nothing of ours may be thrown into. */
  @Override
  public void onComplete(AsyncEvent event) {
    try {
      end(asyncError, null);
    } catch (RuntimeException | LinkageError recycledRequest) {
      // The span has ended with what was known of it.
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    timedOut = true;
  }

  @Override
  public void onError(AsyncEvent event) {
    asyncError = event.getThrowable();
  }

  /** A dispatch that goes async again has dropped its listeners. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    try {
      event.getAsyncContext().addListener(this);
    } catch (RuntimeException refused) {
      span.end();
    }
  }

  /** Whether the end will be told; a context that has just completed may refuse. */
  private boolean listen() {
    try {
      request.getAsyncContext().addListener(this);
      return true;
    } catch (IllegalStateException completed) {
      return false;
    }
  }

  private void end(@Nullable Throwable thrown, @Nullable String site) {
    end(() -> describe(thrown, site));
  }

  /** Ends the span whatever the request answers: a request that was recycled may throw. */
  private void end(Runnable description) {
    try {
      description.run();
    } finally {
      span.end();
      exchange.end(response);
    }
  }

  private void describe(@Nullable Throwable thrown, @Nullable String site) {
    int status = status(thrown);
    Throwable cause = thrown == null && status >= 500 ? handled(request) : thrown;
    if (cause != null && response.isCommitted() && JakartaDeparture.isMet(span, cause)) {
      // No failure of the service; and Tomcat may show a 500 then that it never sent.
      cause = null;
      status = status >= 500 ? 0 : status;
    } else if (cause == null && timedOut && status >= 500) {
      span.fail("timeout", "the asynchronous request timed out");
    }
    describe(status, cause, thrown, site);
  }

  private void describe(
      int status, @Nullable Throwable cause, @Nullable Throwable thrown, @Nullable String site) {
    describeMessages(status, thrown);
    JakartaUser.tell(exchange, request);
    new ServerResponse(
            request.getMethod(),
            JakartaRoute.of(request),
            status,
            cause == null ? null : unwrapped(cause),
            thrown == null ? ExceptionOrigin.HANDLED : ExceptionOrigin.ESCAPED,
            site)
        .end(span);
  }

  private void describeMessages(int status, @Nullable Throwable thrown) {
    exchange.describeRequest(request.getContentLengthLong());
    HttpCapture.responseHeaders(span, name -> JakartaHeaders.of(response, name));
    boolean replaced = thrown != null && !response.isCommitted();
    if (!replaced && ServerResponse.hasBody(request.getMethod(), status)) {
      exchange.describeResponse(JakartaHeaders.content(response));
    }
  }

  /** The container turns what escapes into an error response only after this advice has run. */
  private int status(@Nullable Throwable thrown) {
    return thrown == null || response.isCommitted()
        ? response.getStatus()
        : JakartaFailure.status(thrown, response.getStatus());
  }

  /** The exception that the container, JSP or Spring left with the request, or null. */
  static @Nullable Throwable handled(HttpServletRequest request) {
    for (String attribute : EXCEPTIONS) {
      if (request.getAttribute(attribute) instanceof Throwable thrown) {
        return thrown;
      }
    }
    return null;
  }

  /** Frameworks carry the application's exception out in a ServletException. */
  static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown instanceof ServletException ? Thrown.cause(thrown) : null;
    return cause == null ? thrown : cause;
  }
}
