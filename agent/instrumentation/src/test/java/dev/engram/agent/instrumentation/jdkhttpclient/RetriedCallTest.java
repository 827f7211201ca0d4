package dev.engram.agent.instrumentation.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the application is given of a call by the JDK's client, whose server refuses at first. */
class RetriedCallTest {
  private static final BodyHandler<String> TEXT = BodyHandlers.ofString();

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch answering = new CountDownLatch(1);
  private HttpServer server;
  private OpenSpan request;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/refused", exchange -> answer(exchange, refused() ? 503 : 200));
    server.createContext("/later", exchange -> answerLater(exchange, 4));
    server.createContext("/much-later", exchange -> answerLater(exchange, 9));
    server.createContext("/held", this::hold);
    server.start();
    Healing.start(name -> name.startsWith("com.acme."), HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "/")).enter();
  }

  @AfterEach
  void stop() {
    answering.countDown();
    request.leave();
    request.end();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    server.stop(0);
  }

  @Test
  void refusedRequest_isSentAgain_andTheFutureCompletesWithTheLastAnswer() {
    apply(503);

    CompletableFuture<String> status =
        send("/refused").thenApply(answer -> answer.statusCode() + " " + answer.body());

    assertThat(status.join()).isEqualTo("200 said");
    assertThat(requests).hasValue(2);
  }

  @Test
  void otherRefusal_isGivenAsItCame() {
    apply(504);

    assertThat(send("/refused").join().statusCode()).isEqualTo(503);
    assertThat(requests).hasValue(1);
  }

  @Test
  void whoCancelsAStage_cancelsTheExchange() {
    apply(503);
    CompletableFuture<HttpResponse<String>> future = send("/held");
    CompletableFuture<Integer> stage = future.thenApply(HttpResponse::statusCode);

    assertThat(stage.cancel(true)).isTrue();

    assertThatThrownBy(() -> future.get(1, TimeUnit.MINUTES))
        .isInstanceOfAny(CancellationException.class, ExecutionException.class);
    assertThatThrownBy(stage::join).isInstanceOf(CancellationException.class);
  }

  @Test
  void clientThatTheApplicationDropped_livesUntilTheLastAnswer() throws Exception {
    apply(503);
    CompletableFuture<HttpResponse<String>> future = send(HttpClient.newHttpClient(), "/later");

    await()
        .until(
            () -> {
              System.gc();
              return future.isDone();
            });

    assertThat(future.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(requests).hasValue(2);
  }

  @Test
  void whoCancelsDuringTheWait_isSentNothingMore_andTheBodyIsClosed() throws Exception {
    whoLeavesDuringTheWait(future -> future.thenApply(HttpResponse::body).cancel(true));
  }

  @Test
  void whoIsOutOfTimeDuringTheWait_isSentNothingMore_andTheBodyIsClosed() throws Exception {
    whoLeavesDuringTheWait(future -> future.orTimeout(1, TimeUnit.MILLISECONDS));
  }

  /** The first run has ended by the time the application leaves, since it ends on this thread. */
  private void whoLeavesDuringTheWait(
      Consumer<CompletableFuture<HttpResponse<InputStream>>> leaving) throws Exception {
    apply(503);
    BodyHandler<InputStream> handler = BodyHandlers.ofInputStream();
    CompletableFuture<HttpResponse<InputStream>> first = new CompletableFuture<>();
    CompletableFuture<HttpResponse<InputStream>> future =
        send(client, asked("/much-later"), handler, first);
    HttpResponse<InputStream> refusal = client.send(asked("/much-later"), handler);
    first.complete(refusal);

    leaving.accept(future);

    await().untilAsserted(() -> assertClosed(refusal.body()));
    assertThatThrownBy(() -> future.get(1, TimeUnit.MINUTES))
        .isInstanceOfAny(CancellationException.class, ExecutionException.class);
    assertThat(requests).hasValue(1);
  }

  private static void assertClosed(InputStream body) {
    assertThatThrownBy(body::read).isInstanceOf(IOException.class);
  }

  private CompletableFuture<HttpResponse<String>> send(String path) {
    return send(client, path);
  }

  private CompletableFuture<HttpResponse<String>> send(HttpClient sending, String path) {
    HttpRequest asked = asked(path);
    return send(sending, asked, TEXT, sending.sendAsync(asked, TEXT));
  }

  /** As the advice is called around {@code sendAsync}. */
  @SuppressWarnings("unchecked")
  private static <T> CompletableFuture<HttpResponse<T>> send(
      HttpClient sending,
      HttpRequest asked,
      BodyHandler<T> handler,
      CompletableFuture<HttpResponse<T>> response) {
    Reference<?> held = new WeakReference<>(sending);
    Object call = LaterRetryAdvice.enter(sending, held, asked, null);
    CompletableFuture<?> given = LaterRetryAdvice.exit(held, asked, handler, call, response);
    return (CompletableFuture<HttpResponse<T>>) Objects.requireNonNull(given);
  }

  private HttpRequest asked(String path) {
    InetSocketAddress at = server.getAddress();
    return HttpRequest.newBuilder(
            URI.create("http://" + at.getHostString() + ":" + at.getPort() + path))
        .build();
  }

  private void answerLater(HttpExchange exchange, int seconds) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", Integer.toString(seconds));
    answer(exchange, refused() ? 503 : 200);
  }

  private boolean refused() {
    return requests.incrementAndGet() == 1;
  }

  private void hold(HttpExchange exchange) throws IOException {
    try {
      answering.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    answer(exchange, 200);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      byte[] body = "said".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void apply(int status) {
    String host = server.getAddress().getHostString();
    String place = "http " + host + ":" + server.getAddress().getPort();
    Remedy remedy =
        new Remedy("R-000000000006", Remedy.retry(place), status, Remedy.State.ACTIVE, 1, 3, 1, 1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }
}
