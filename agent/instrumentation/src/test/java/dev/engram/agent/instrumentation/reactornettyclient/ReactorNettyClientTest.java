package dev.engram.agent.instrumentation.reactornettyclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.BegunRecord;
import dev.engram.agent.record.SpanKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A call is forgotten with its end, and not when memory runs short. */
class ReactorNettyClientTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hello", exchange -> answer(exchange, 204));
    server.createContext("/fail", exchange -> answer(exchange, 500));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/hello");
          answer(exchange, 302);
        });
    server.createContext(
        "/silent",
        exchange -> {
          await().until(() -> mayAnswer.getCount() == 0);
          answer(exchange, 204);
        });
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    mayAnswer.countDown();
    server.stop(0);
    threads.shutdown();
  }

  @Test
  void callsThatWereAnswered_areForgotten() {
    assertThat(status("/hello")).isEqualTo(204);
    assertThat(status("/fail")).isEqualTo(500);
    assertThat(status("/moved")).isEqualTo(204);

    assertThat(attempts()).isEqualTo(4);
    assertNothingIsAttached();
  }

  @Test
  void callThatFailed_isForgotten() throws IOException {
    try (Socket silent = new Socket()) {
      // Bound, so that nobody else is given its port, but it does not listen.
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String nobody = "http://127.0.0.1:" + silent.getLocalPort();

      assertThatThrownBy(() -> client().get().uri(nobody).response().block()).isNotNull();
    }

    assertThat(attempts()).isEqualTo(1);
    assertNothingIsAttached();
  }

  @Test
  void callThatWasGivenUp_isForgotten() {
    Disposable call = client().get().uri(url("/silent")).response().subscribe();
    await().until(() -> run.all(BegunRecord.class).count() == 1);

    call.dispose();

    await().until(() -> attempts() == 1);
    assertNothingIsAttached();
    mayAnswer.countDown();
  }

  /** The client gives it a connection all the same, and closes that before it sends anything. */
  @Test
  void callThatWasGivenUpBeforeItHadAConnection_endsOnceItGetsOne() {
    ConnectionProvider one = ConnectionProvider.create("one", 1);
    HttpClient client = HttpClient.create(one);
    client.get().uri(url("/silent")).response().subscribe();
    await().until(() -> run.all(BegunRecord.class).count() == 1);

    client.get().uri(url("/hello")).response().subscribe().dispose();
    mayAnswer.countDown();

    await().until(() -> attempts() == 2);
    assertThat(run.spans())
        .filteredOn(span -> span.attributes().containsValue("cancelled"))
        .hasSize(1);
    assertNothingIsAttached();
    one.dispose();
  }

  private int status(String path) {
    return client()
        .get()
        .uri(url(path))
        .response()
        .map(response -> response.status().code())
        .block(Duration.ofSeconds(20));
  }

  private HttpClient client() {
    return HttpClient.create().followRedirect(true);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private long attempts() {
    return run.spans().stream().filter(span -> span.kind() == SpanKind.CLIENT).count();
  }

  private void assertNothingIsAttached() {
    await().until(() -> attached() == 0);
  }

  private int attached() {
    return run.attached("reactor-netty-client", ReactorNettyClientCapture.class.getName());
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
