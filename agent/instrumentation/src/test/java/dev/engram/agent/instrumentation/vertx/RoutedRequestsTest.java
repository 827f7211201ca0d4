package dev.engram.agent.instrumentation.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.agent.instrumentation.Client;
import dev.engram.agent.instrumentation.RecordedRun;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A routed request is forgotten with its end, and not when memory runs short. */
class RoutedRequestsTest {
  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    Router items = Router.router(vertx);
    items.get("/:id").handler(context -> context.response().end("item"));
    Router router = Router.router(vertx);
    router.route().handler(RoutingContext::next);
    router.route("/items/*").subRouter(items);
    router.get("/fail").handler(context -> context.fail(new IllegalStateException("broken")));
    router.get("/timer").handler(it -> vertx.setTimer(5, timer -> it.response().end("later")));
    router.get("/blocking").blockingHandler(context -> context.response().end("blocking"));
    router.get("/silent").handler(context -> {});
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void requestsThatWereAnswered_areForgotten(HttpClient.Version version) throws Exception {
    Client client = new Client(server.actualPort(), version);

    for (String path : new String[] {"/items/7", "/fail", "/timer", "/blocking", "/nothing"}) {
      client.get(path);
    }

    assertThat(run.spans(5))
        .extracting(span -> span.attributes().get("http.route"))
        .startsWith("/items/:id", "/fail", "/timer", "/blocking");
    assertNothingIsAttached();
  }

  @Test
  void requestWhoseClientWentAway_isForgotten() throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      client
          .getOutputStream()
          .write("GET /silent HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> attached() == 1);
    }

    assertThat(run.onlySpan().attributes()).containsEntry("http.route", "/silent");
    assertNothingIsAttached();
  }

  private void assertNothingIsAttached() {
    await().until(() -> attached() == 0);
  }

  private int attached() {
    return run.attached("vertx", RoutedRequests.class.getName());
  }
}
