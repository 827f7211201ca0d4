package dev.engram.agent.instrumentation.jdkhttpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.instrumentation.Client;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.SpanRecord;
import dev.engram.agent.record.SpanStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdkHttpServerTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private HttpServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(executor);
    server.start();
    client = new Client(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    executor.shutdownNow();
  }

  @Test
  void request_isOneServerSpan() throws Exception {
    serve("/orders", exchange -> answer(exchange, 201, "done"));

    assertThat(client.get("/orders/7?page=2")).isEqualTo(201);

    SpanRecord span = run.onlySpan();
    assertThat(span.name()).isEqualTo("GET /orders");
    assertThat(span.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.category()).isEqualTo(Category.HTTP);
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    assertThat(span.durationNanos()).isPositive();
    assertThat(span.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("url.path", "/orders/7")
        .containsEntry("url.query", "page=2")
        .containsEntry("url.scheme", "http")
        .containsEntry("http.route", "/orders")
        .containsEntry("http.response.status_code", 201L)
        .containsEntry("network.protocol.version", "1.1")
        .containsEntry("client.address", "127.0.0.1")
        .containsEntry("user_agent.original", "test");
    assertThat(run.all(BegunRecord.class))
        .singleElement()
        .satisfies(begun -> assertThat(begun.attributes()).containsEntry("url.path", "/orders/7"));
  }

  @Test
  void traceparent_isContinued() throws Exception {
    serve("/", exchange -> answer(exchange, 200, ""));

    client.get("/", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    assertThat(run.onlySpan().traceIdHigh()).isEqualTo(0x0af7651916cd43ddL);
    assertThat(run.onlySpan().parentSpanId()).isEqualTo(0xb7ad6b7169203331L);
  }

  @Test
  void responseWithoutBody_endsTheSpan() throws Exception {
    serve("/", exchange -> exchange.sendResponseHeaders(204, -1));

    assertThat(client.get("/")).isEqualTo(204);

    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 204L);
  }

  @Test
  void requestWithoutContext_isRememberedAsRejected() throws Exception {
    serve("/orders", exchange -> answer(exchange, 200, ""));

    assertThat(client.get("/elsewhere?x=1")).isEqualTo(404);

    assertThat(run.onlySpan().attributes())
        .containsEntry("http.response.status_code", 404L)
        .containsEntry("url.path", "/elsewhere")
        .containsEntry("url.query", "x=1");
    assertThat(run.onlySpan().status()).isEqualTo(SpanStatus.UNSET);
  }

  @Test
  void exceptionOfAHandler_failsTheSpan() {
    serve(
        "/",
        exchange -> {
          throw new IllegalStateException("broken handler");
        });

    // The client would send a GET again when its connection is closed.
    assertThatIOException().isThrownBy(() -> client.post("/", ""));

    SpanRecord span = run.onlySpan();
    assertThat(span.status()).isEqualTo(SpanStatus.ERROR);
    assertThat(span.attributes())
        .containsEntry("error.type", "java.lang.IllegalStateException")
        .doesNotContainKey("http.response.status_code");
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(it -> assertThat(it.origin()).isEqualTo(ExceptionOrigin.ESCAPED));
  }

  @Test
  void exceptionThatAFilterAnswers_isHandled() throws Exception {
    server
        .createContext(
            "/",
            exchange -> {
              throw new IllegalStateException("broken handler");
            })
        .getFilters()
        .add(new ErrorPage());

    assertThat(client.get("/")).isEqualTo(503);

    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 503L);
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(it -> assertThat(it.origin()).isEqualTo(ExceptionOrigin.HANDLED));
  }

  @Test
  void exchangeFinishedByAnotherThread_isOneSpan() throws Exception {
    CompletableFuture<HttpExchange> handedOver = new CompletableFuture<>();
    serve("/", handedOver::complete);
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.get("/");
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    HttpExchange exchange = handedOver.join();
    assertThat(run.spans()).isEmpty();

    answer(exchange, 202, "later");

    assertThat(status.join()).isEqualTo(202);
    assertThat(run.onlySpan().attributes()).containsEntry("http.response.status_code", 202L);
  }

  @Test
  void requestsOnOneConnection_areEachTheirOwn() throws Exception {
    serve("/", exchange -> answer(exchange, 200, "x"));

    for (int i = 0; i < 20; i++) {
      client.get("/" + i);
    }

    assertThat(run.spans(20)).extracting(SpanRecord::traceIdLow).doesNotHaveDuplicates();
  }

  @Test
  void answeredRequest_isCommittedBeforeItsConnectionTakesTheNext() throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    serve(
        "/",
        exchange -> {
          answer(exchange, 200, "x");
          if (exchange.getRequestURI().getPath().equals("/first")) {
            release.join();
          }
        });

    client.get("/first");
    client.get("/second");
    release.complete(null);

    assertThat(run.spans(2))
        .extracting(span -> span.attributes().get("url.path"))
        .containsExactly("/first", "/second");
  }

  @Test
  void exceptionAfterTheAnswer_isRememberedWithItsRequest() throws Exception {
    serve(
        "/",
        exchange -> {
          answer(exchange, 200, "x");
          throw new IllegalStateException("failed after the answer");
        });

    assertThat(client.get("/")).isEqualTo(200);

    SpanRecord span = run.onlySpan();
    assertThat(span.status()).isEqualTo(SpanStatus.UNSET);
    await().until(() -> !run.exceptions().isEmpty());
    assertThat(run.exceptions())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.spanId()).isEqualTo(span.spanId());
              assertThat(it.origin()).isEqualTo(ExceptionOrigin.ESCAPED);
            });
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static final class ErrorPage extends Filter {
    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      try {
        chain.doFilter(exchange);
      } catch (IllegalStateException e) {
        answer(exchange, 503, "sorry");
      }
    }

    @Override
    public String description() {
      return "answers what failed";
    }
  }
}
