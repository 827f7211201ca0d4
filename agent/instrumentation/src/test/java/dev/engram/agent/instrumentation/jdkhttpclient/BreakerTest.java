package dev.engram.agent.instrumentation.jdkhttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.http.CallRuns;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.remedy.CalledServices;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.RecordedRun;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
import dev.engram.agent.record.SpanKind;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Calls by {@code sendAsync} to a server that is down, and what is asked of one while it is off.
 */
class BreakerTest {
  private static final Duration LEARNT_WITHIN = Duration.ofMinutes(2);

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int status = 503;
  private HttpServer server;
  private OpenSpan request;

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    Healing.start(name -> name.startsWith("com.acme."), HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "/")).enter();
  }

  @AfterEach
  void stop() {
    request.leave();
    request.end();
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    server.stop(0);
  }

  @Test
  void laterCalls_openTheCircuit_areNotMadeWhileItIsOpen_andCloseIt() {
    await("it is seen that it is down")
        .atMost(LEARNT_WITHIN)
        .pollInSameThread()
        .until(
            () -> {
              assertThat(send().join().statusCode()).isEqualTo(503);
              return run.all(RemedyAttemptRecord.class).count() == 1;
            });
    assertThat(run.all(RemedyAttemptRecord.class))
        .extracting(RemedyAttemptRecord::remedyId)
        .containsExactly("breaker " + place());

    apply("breaker", Remedy.State.ACTIVE);
    // Now and then one is let through, which is at once where this thread stood still.
    await("a call is not made")
        .pollInSameThread()
        .untilAsserted(
            () -> {
              int before = requests.get();
              assertThatThrownBy(send()::join).hasRootCauseInstanceOf(ConnectException.class);
              assertThat(requests).hasValue(before);
            });

    status = 200;
    await("it is seen that it is back")
        .pollInSameThread()
        .until(() -> !send().isCompletedExceptionally());
    await("and told")
        .until(
            () ->
                run.all(RemedyAttemptRecord.class).anyMatch(it -> it.result().equals("resolved")));
    assertThat(send().join().statusCode()).isEqualTo(200);
    assertThat(CallRuns.current()).as("left on the caller's thread").isNull();
  }

  /** Else they would be under way for ever, and whatever is compared would wait for their ends. */
  @Test
  void requestsThatTheClientDoesNotTake_areNotUnderWay() {
    apply("limit", Remedy.State.TRIAL);
    HttpRequest asked = HttpRequest.newBuilder(uri()).build();
    for (int i = 0; i < 100; i++) {
      Object call = Objects.requireNonNull(LaterBreakerAdvice.enter(asked));
      assertThat(LaterBreakerAdvice.exit(call, null)).isNull();
    }
    for (int second = 0; second < 20 && arms().isEmpty(); second++) {
      partlyRefused();
      CalledServices.beat();
    }

    assertThat(arms()).as("of windows that were compared").contains("control");
  }

  @Test
  void off_asksNothingOfARequest() {
    Asked asked = new Asked();
    HttpRequest posted = HttpRequest.newBuilder(uri()).method("PUT", asked).build();

    Healing.level(HealLevel.OFF);
    assertThat(RetryCapture.begin(client, posted)).isNull();
    assertThat(RetryCapture.beginLater(client, null, posted)).isNull();
    assertThat(BreakerCapture.begin(posted)).isNull();
    assertThat(BreakerCapture.beginLater(posted)).isNull();
    assertThat(asked.times).hasValue(0);

    Healing.level(HealLevel.OBSERVE);
    assertThat(RetryCapture.begin(client, posted)).isNull();
    assertThat(asked.times).hasPositiveValue();
  }

  /** As the advice is called around {@code sendAsync}, and around the exchange in it. */
  @SuppressWarnings("unchecked")
  private CompletableFuture<HttpResponse<Void>> send() {
    HttpRequest asked = HttpRequest.newBuilder(uri()).POST(BodyPublishers.noBody()).build();
    Object call = Objects.requireNonNull(LaterBreakerAdvice.enter(asked));
    if (call instanceof IOException) {
      return (CompletableFuture<HttpResponse<Void>>)
          Objects.requireNonNull(LaterBreakerAdvice.exit(call, null));
    }
    ClientRequest sent = ClientRequest.of(asked.method(), asked.uri());
    Objects.requireNonNull(new ClientCall().attempt(sent)).end();
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(asked, BodyHandlers.discarding());
    assertThat(LaterBreakerAdvice.exit(call, response)).as("the client's own").isNull();
    return response;
  }

  private URI uri() {
    return URI.create("http://" + authority() + "/orders");
  }

  private String place() {
    return "http " + authority();
  }

  private String authority() {
    return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  /** More than by accident, and answered between. */
  private void partlyRefused() {
    for (int i = 0; i < 20; i++) {
      status = i % 2 == 0 ? 503 : 200;
      send().join();
    }
  }

  private List<String> arms() {
    return run.all(RemedyAttemptRecord.class).map(RemedyAttemptRecord::arm).toList();
  }

  private void apply(String kind, Remedy.State state) {
    Remedy remedy = new Remedy("R-000000000008", kind + " " + place(), 0, state, 1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  /** A body of the application's own, which is asked how long it is. */
  private static final class Asked implements BodyPublisher {
    private final AtomicInteger times = new AtomicInteger();

    @Override
    public long contentLength() {
      times.incrementAndGet();
      return 1;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super java.nio.ByteBuffer> subscriber) {
      throw new IllegalStateException("nobody sends it");
    }
  }
}
