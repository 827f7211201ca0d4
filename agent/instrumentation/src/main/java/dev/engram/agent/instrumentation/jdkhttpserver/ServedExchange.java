package dev.engram.agent.instrumentation.jdkhttpserver;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One exchange whose span is open. It ends when the serving thread is done with it and the response
 * is finished; either may come first, on different threads. Thread-safe.
 */
final class ServedExchange {
  private final OpenSpan span;
  private final String method;
  private final @Nullable String route;
  private final AtomicInteger open = new AtomicInteger(2);
  private volatile int status;

  /** What the last step threw, null when it returned; after the outermost step, what escaped. */
  private volatile @Nullable Throwable escaping;

  /** The last exception of any step; one that does not escape was handled by a filter. */
  private volatile @Nullable Throwable seen;

  ServedExchange(OpenSpan span, String method, @Nullable String route) {
    this.span = span;
    this.method = method;
    this.route = route;
  }

  void stepped(@Nullable Throwable thrown) {
    escaping = thrown;
    if (thrown != null) {
      seen = thrown;
    }
  }

  /** A second attempt to answer is refused by the server. */
  void answered(int status) {
    if (this.status == 0) {
      this.status = status;
    }
  }

  /** The response was sent, or the exchange was given up. */
  void finished() {
    closeOne();
  }

  /**
   * The serving thread is done; an exchange that a handler threw out of is closed by the server.
   */
  void served(@Nullable Throwable thrown) {
    span.leave();
    if (thrown != null) {
      stepped(thrown);
    }
    if (escaping != null) {
      end();
    } else {
      closeOne();
    }
  }

  private void closeOne() {
    if (open.decrementAndGet() == 0) {
      end();
    }
  }

  private void end() {
    Throwable thrown = escaping;
    ExceptionOrigin origin = ExceptionOrigin.ESCAPED;
    if (thrown == null && status >= 500) {
      thrown = seen;
      origin = ExceptionOrigin.HANDLED;
    }
    new ServerResponse(method, route, status, thrown, origin, null).end(span);
  }
}
