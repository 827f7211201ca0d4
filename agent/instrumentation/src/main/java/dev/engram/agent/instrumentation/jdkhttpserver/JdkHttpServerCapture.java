package dev.engram.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.Body;
import dev.engram.agent.core.http.ServerRequest;
import dev.engram.agent.core.http.ServerResponse;
import dev.engram.agent.record.ExceptionOrigin;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Follows an exchange from the thread that serves it to whichever thread finishes it. A transaction
 * is the server's internal object for one exchange; it is only compared, never called.
 */
final class JdkHttpServerCapture {
  private static final Attachments<ServedExchange> BY_TRANSACTION = new Attachments<>();

  /** Set between {@link #serving} and {@link #served}, on the serving thread alone. */
  private static final ThreadLocal<@Nullable Serving> SERVING = new ThreadLocal<>();

  private JdkHttpServerCapture() {}

  /** A thread begins to serve; what it serves is not read yet. For {@link #served}. */
  static Object serving() {
    Serving serving = new Serving();
    SERVING.set(serving);
    return serving;
  }

  static void arrived(Object exchange, Object transaction) {
    Serving serving = SERVING.get();
    if (serving == null) {
      return;
    }
    HttpExchange httpExchange = (HttpExchange) exchange;
    ServerRequest request = request(httpExchange);
    OpenSpan span = request.open(name -> JdkHeaders.of(httpExchange.getRequestHeaders(), name));
    if (span == null) {
      return;
    }
    ServerRequest.cameIn(span, httpExchange.getProtocol());
    ServedExchange served = new ServedExchange(span, httpExchange, route(httpExchange));
    BY_TRANSACTION.put(transaction, served);
    span.enter();
    serving.exchange = served;
  }

  static void stepped(@Nullable Throwable thrown) {
    Serving serving = SERVING.get();
    if (serving != null && serving.exchange != null) {
      serving.exchange.stepped(thrown);
    }
  }

  static void answered(Object transaction, int status, long length) {
    ServedExchange served = BY_TRANSACTION.get(transaction);
    if (served != null) {
      served.answered(status, length);
    }
  }

  /** Where to add what is read of a request, or null. */
  static @Nullable Body requestBody(@Nullable Object transaction) {
    ServedExchange served = transaction == null ? null : BY_TRANSACTION.get(transaction);
    return served == null ? null : served.requestBody();
  }

  /** Where to add what is written of a response, or null. */
  static @Nullable Body responseBody(@Nullable Object transaction) {
    ServedExchange served = transaction == null ? null : BY_TRANSACTION.get(transaction);
    return served == null ? null : served.responseBody();
  }

  static void written(Object transaction) {
    ServedExchange served = BY_TRANSACTION.remove(transaction);
    if (served != null) {
      served.written();
    }
  }

  static void closed(Object transaction) {
    ServedExchange served = BY_TRANSACTION.remove(transaction);
    if (served != null) {
      served.closed();
    }
  }

  static void served(Object serving, @Nullable Throwable thrown) {
    SERVING.remove();
    ServedExchange exchange = ((Serving) serving).exchange;
    if (exchange != null) {
      exchange.served(thrown);
    }
  }

  /** The span of a request that no handler sees: it begins and ends at once. */
  static void rejected(int status, @Nullable String requestLine) {
    String[] parts = requestLine == null ? new String[0] : requestLine.split(" ", 3);
    String method = parts.length == 0 ? "" : parts[0];
    String target = parts.length < 2 ? "" : parts[1];
    int question = target.indexOf('?');
    OpenSpan span =
        new ServerRequest(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? null : target.substring(question + 1),
                "http",
                null,
                null,
                null)
            .open();
    if (span != null) {
      new ServerResponse(method, null, status, null, ExceptionOrigin.HANDLED, null).end(span);
    }
  }

  private static ServerRequest request(HttpExchange exchange) {
    return new ServerRequest(
        exchange.getRequestMethod(),
        String.valueOf(exchange.getRequestURI().getRawPath()),
        exchange.getRequestURI().getRawQuery(),
        exchange instanceof HttpsExchange ? "https" : "http",
        address(exchange.getRemoteAddress()),
        exchange.getRequestHeaders().getFirst("User-agent"),
        exchange.getRequestHeaders().getFirst("Traceparent"));
  }

  private static @Nullable String address(@Nullable InetSocketAddress remote) {
    return remote == null || remote.getAddress() == null
        ? null
        : remote.getAddress().getHostAddress();
  }

  /** The context's path stands for all paths below it; the root says nothing. */
  private static @Nullable String route(HttpExchange exchange) {
    HttpContext context = exchange.getHttpContext();
    return context == null || context.getPath().equals("/") ? null : context.getPath();
  }

  /** What one thread serves; confined to it. */
  private static final class Serving {
    private @Nullable ServedExchange exchange;
  }
}
