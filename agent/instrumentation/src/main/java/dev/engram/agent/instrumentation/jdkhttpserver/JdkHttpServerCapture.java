package dev.engram.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
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

  /** Set between {@link #arrived} and {@link #served}, on the serving thread alone. */
  private static final ThreadLocal<@Nullable ServedExchange> SERVING = new ThreadLocal<>();

  private JdkHttpServerCapture() {}

  static void arrived(Object exchange, Object transaction) {
    HttpExchange httpExchange = (HttpExchange) exchange;
    ServerRequest request = request(httpExchange);
    OpenSpan span = request.open();
    if (span == null) {
      return;
    }
    ServedExchange served = new ServedExchange(span, request.method(), route(httpExchange));
    BY_TRANSACTION.put(transaction, served);
    SERVING.set(served);
    span.enter();
  }

  static void stepped(@Nullable Throwable thrown) {
    ServedExchange serving = SERVING.get();
    if (serving != null) {
      serving.stepped(thrown);
    }
  }

  static void answered(Object transaction, int status) {
    ServedExchange served = BY_TRANSACTION.get(transaction);
    if (served != null) {
      served.answered(status);
    }
  }

  static void finished(Object transaction) {
    ServedExchange served = BY_TRANSACTION.remove(transaction);
    if (served != null) {
      served.finished();
    }
  }

  static void served(@Nullable Throwable thrown) {
    ServedExchange serving = SERVING.get();
    if (serving != null) {
      SERVING.remove();
      serving.served(thrown);
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
}
