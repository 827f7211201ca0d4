package dev.engram.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.Body;
import dev.engram.agent.core.http.HttpCapture;
import dev.engram.agent.core.http.MessageContent;
import dev.engram.agent.core.http.ServerExchange;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.ExceptionOrigin;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One exchange whose span is open. It ends when the response is written whole, before the server
 * takes the connection's next request: however far a handler lags behind its answers, a killed
 * service leaves one exchange of a connection without its end at most. An exchange that is given up
 * ends when the serving thread is done with it, too; either may come first, on different threads.
 * Thread-safe.
 */
final class ServedExchange {
  private static final MessageContent NONE = new MessageContent(null, null, 0);

  private final OpenSpan span;
  private final ServerExchange exchange;
  private final String method;
  private final @Nullable String route;
  private final MessageContent requestContent;

  /**
   * Decided once, because a handler may read byte by byte; null when it is not to be remembered.
   */
  private final @Nullable Body requestBody;

  /** And not their exchange, which leads to the transaction that this is attached to. */
  private final Headers responseHeaders;

  private final AtomicInteger open = new AtomicInteger(2);
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile int status;
  private volatile MessageContent responseContent = NONE;
  private volatile @Nullable Body responseBody;

  /** What the last step threw, null when it returned; after the outermost step, what escaped. */
  private volatile @Nullable Throwable escaping;

  /** The last exception of any step; one that does not escape was handled by a filter. */
  private volatile @Nullable Throwable seen;

  ServedExchange(OpenSpan span, HttpExchange httpExchange, @Nullable String route) {
    this.span = span;
    this.exchange = new ServerExchange(span);
    this.method = httpExchange.getRequestMethod();
    this.route = route;
    this.requestContent = JdkHeaders.content(httpExchange.getRequestHeaders());
    this.requestBody = exchange.requestBody(requestContent);
    this.responseHeaders = httpExchange.getResponseHeaders();
  }

  void stepped(@Nullable Throwable thrown) {
    escaping = thrown;
    if (thrown != null) {
      seen = thrown;
    }
  }

  /**
   * A second attempt to answer is refused by the server.
   *
   * @param length of the body; not positive when it is unknown, or there is none
   */
  void answered(int status, long length) {
    if (this.status == 0) {
      MessageContent said = JdkHeaders.content(responseHeaders);
      MessageContent content = new MessageContent(said.type(), said.encoding(), length);
      responseBody = content.type() == null ? null : exchange.responseBody(content);
      responseContent = content;
      this.status = status;
    }
  }

  @Nullable Body requestBody() {
    return requestBody;
  }

  @Nullable Body responseBody() {
    return responseBody;
  }

  /** The last byte of the response is on its way: whoever wrote it handled what was thrown. */
  void written() {
    end(null);
  }

  /** The exchange was closed as a whole, written or not. */
  void closed() {
    closeOne();
  }

  /**
   * The serving thread is done; an exchange that a handler threw out of is closed by the server.
   */
  void served(@Nullable Throwable thrown) {
    if (thrown != null) {
      stepped(thrown);
    }
    Throwable escaped = escaping;
    if (escaped == null) {
      closeOne();
    } else if (!end(escaped)) {
      Tracing.exception(escaped, ExceptionOrigin.ESCAPED, null);
    }
    span.leave();
  }

  private void closeOne() {
    if (open.decrementAndGet() == 0) {
      end(null);
    }
  }

  /** Whether this call ended it. */
  private boolean end(@Nullable Throwable escaped) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    boolean handled = escaped == null;
    Throwable thrown = handled && status >= 500 ? seen : escaped;
    ExceptionOrigin origin = handled ? ExceptionOrigin.HANDLED : ExceptionOrigin.ESCAPED;
    try {
      describeMessages();
    } finally {
      new ServerResponse(method, route, status, thrown, origin, null).end(span);
      exchange.end();
    }
    return true;
  }

  private void describeMessages() {
    exchange.describeRequest(requestContent.length());
    if (status > 0) {
      HttpCapture.responseHeaders(span, name -> JdkHeaders.of(responseHeaders, name));
    }
    if (ServerResponse.hasBody(method, status)) {
      exchange.describeResponse(responseContent);
    }
  }
}
