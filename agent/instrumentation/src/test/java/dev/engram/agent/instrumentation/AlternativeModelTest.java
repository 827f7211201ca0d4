package dev.engram.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.remedy.AlternativeQuestion;
import dev.engram.agent.core.remedy.Healing;
import dev.engram.agent.instrumentation.jdkhttpclient.AlternativeAdvice;
import dev.engram.agent.instrumentation.jdkhttpclient.LaterRetryAdvice;
import dev.engram.agent.record.Category;
import dev.engram.agent.record.RemedyAttemptRecord;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model that refuses everything, beside one that answers, asked by each client. */
class AlternativeModelTest {
  private static final String ASKED =
      "{\"stream\":false, \"model\" : \"large\",\"messages\":[{\"content\":\"\\\"model\\\"\"}]}";
  private static final String OTHER = ASKED.replace("large", "small");
  private static final String JSON = "application/json";

  @RegisterExtension final RecordedRun run = new RecordedRun();

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile int other = 200;
  private volatile boolean inChunks;

  /** Before the other model answers. */
  private volatile CountDownLatch held = new CountDownLatch(0);

  private HttpServer server;
  private OpenSpan request;

  /** The status and the body as the application has them. */
  private enum Client {
    JDK {
      @Override
      String post(String url) throws Exception {
        HttpResponse<?> answer = jdk(url, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
      }
    },
    JDK_STREAM {
      @Override
      String post(String url) throws Exception {
        HttpResponse<?> answer = jdk(url, BodyHandlers.ofInputStream());
        byte[] body = ((InputStream) answer.body()).readAllBytes();
        return answer.statusCode() + " " + new String(body, StandardCharsets.UTF_8);
      }
    },
    JDK_LATER {
      @Override
      String post(String url) throws Exception {
        HttpResponse<?> answer = (HttpResponse<?>) jdkLater(url, BodyHandlers.ofString()).get();
        return answer.statusCode() + " " + answer.body();
      }
    },
    OKHTTP {
      @Override
      String post(String url) throws Exception {
        return okHttp(new OkHttpClient(), url);
      }
    },
    /** With one connection: while the first answer holds it, no other question can be asked. */
    APACHE_4 {
      @Override
      String post(String url) throws Exception {
        var post = new org.apache.http.client.methods.HttpPost(url);
        var body = new org.apache.http.entity.StringEntity(ASKED, StandardCharsets.UTF_8);
        post.setEntity(body);
        try (var client =
                org.apache.http.impl.client.HttpClients.custom()
                    .setMaxConnTotal(1)
                    .setRedirectStrategy(new org.apache.http.impl.client.LaxRedirectStrategy())
                    .build();
            var answer = client.execute(post)) {
          assertThat(post.getEntity()).as("the application's").isSameAs(body);
          return answer.getStatusLine().getStatusCode()
              + " "
              + EntityUtils.toString(answer.getEntity());
        }
      }
    },
    APACHE_5 {
      @Override
      @SuppressWarnings("deprecation")
      String post(String url) throws Exception {
        var post = new org.apache.hc.client5.http.classic.methods.HttpPost(url);
        var body = new org.apache.hc.core5.http.io.entity.StringEntity(ASKED);
        post.setEntity(body);
        var connections =
            org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(1)
                .build();
        try (var client =
                org.apache.hc.client5.http.impl.classic.HttpClients.custom()
                    .setConnectionManager(connections)
                    .disableAutomaticRetries()
                    .build();
            var answer = client.execute(post)) {
          assertThat(post.getEntity()).as("the application's").isSameAs(body);
          return answer.getCode()
              + " "
              + org.apache.hc.core5.http.io.entity.EntityUtils.toString(answer.getEntity());
        }
      }
    };

    abstract String post(String url) throws Exception;

    static String okHttp(OkHttpClient client, String url) throws IOException {
      RequestBody body = RequestBody.create(ASKED, MediaType.get(JSON));
      try (Response answer =
          client.newCall(new Request.Builder().url(url).post(body).build()).execute()) {
        return answer.code() + " " + Objects.requireNonNull(answer.body()).string();
      } finally {
        client.connectionPool().evictAll();
      }
    }

    /** The JDK's own classes have no advice here: it is called as it would be around the client. */
    static <T> HttpResponse<?> jdk(String url, BodyHandler<T> handler) throws Exception {
      HttpClient client =
          HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
      HttpRequest asked = jdk(url);
      HttpResponse<T> first = client.send(asked, handler);
      HttpResponse<?> other = AlternativeAdvice.exit(client, asked, handler, first);
      return other == null ? first : other;
    }

    /** The same of {@code sendAsync}. */
    static <T> CompletableFuture<?> jdkLater(String url, BodyHandler<T> handler) {
      HttpClient client =
          HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
      HttpRequest asked = jdk(url);
      Reference<?> held = new WeakReference<>(client);
      Object call = LaterRetryAdvice.enter(client, held, asked, null);
      CompletableFuture<HttpResponse<T>> first = client.sendAsync(asked, handler);
      CompletableFuture<?> other = LaterRetryAdvice.exit(held, asked, handler, call, first);
      return other == null ? first : other;
    }

    private static HttpRequest jdk(String url) {
      return HttpRequest.newBuilder(URI.create(url))
          .header("Content-Type", JSON)
          .POST(HttpRequest.BodyPublishers.ofString(ASKED))
          .build();
    }
  }

  @BeforeEach
  void begin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    Healing.start(name -> false, HealLevel.AUTO);
    Healing.seesTransactions(() -> true);
    AlternativeQuestion.start(Configuration.of("heal.models=large=small"));
    String action = "alternative ai 127.0.0.1:" + server.getAddress().getPort() + " large=small";
    Remedy remedy = new Remedy("R-000000000001", action, 0, Remedy.State.ACTIVE, 1);
    Healing.apply(
        new Remedies(1, Instant.MAX, List.of(remedy)),
        System.nanoTime() + TimeUnit.MINUTES.toNanos(10));
    request = Objects.requireNonNull(Tracing.open(SpanKind.SERVER, Category.HTTP, "/")).enter();
  }

  @AfterEach
  void end() {
    request.leave();
    request.end();
    AlternativeQuestion.start(Configuration.of(""));
    Healing.level(HealLevel.OFF);
    Healing.apply(Remedies.NONE, 0);
    server.stop(0);
    threads.shutdown();
  }

  @ParameterizedTest
  @EnumSource
  void questionThatIsRefused_isAskedOfTheOtherModel_andNothingElseOfItIsChanged(Client client)
      throws Exception {
    assertThat(client.post(url("/v1/chat/completions"))).isEqualTo("200 answer");

    assertThat(received).containsExactly(ASKED, OTHER);
    assertThat(alternative()).containsExactly("treated masked");
  }

  @ParameterizedTest
  @EnumSource
  void whereTheOtherRefusesToo_theApplicationHasTheFirstAnswer(Client client) throws Exception {
    other = 529;

    assertThat(client.post(url("/v1/chat/completions"))).isEqualTo("503 refused");
    assertThat(received).containsExactly(ASKED, OTHER);
    assertThat(alternative()).containsExactly("treated failed");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoQuestion_isSentOnce(Client client) throws Exception {
    assertThat(client.post(url("/v1/orders"))).isEqualTo("503 refused");
    assertThat(client.post(url("/v1/embeddings"))).isEqualTo("503 refused");

    assertThat(received).containsExactly(ASKED, ASKED);
    assertThat(alternative()).isEmpty();
  }

  /** It may never end, and these clients have to read it before they ask another. */
  @ParameterizedTest
  @EnumSource(
      value = Client.class,
      names = {"OKHTTP", "APACHE_4", "APACHE_5"})
  void refusalOfUnknownLength_isLeftAlone(Client client) throws Exception {
    inChunks = true;

    assertThat(client.post(url("/v1/chat/completions"))).isEqualTo("503 refused");
    assertThat(received).containsExactly(ASKED);
    assertThat(alternative()).isEmpty();
  }

  /** Who was asked first may have done something. */
  @ParameterizedTest
  @EnumSource
  void questionThatWasRedirected_isLeftAlone(Client client) throws Exception {
    assertThat(client.post(url("/v1/chat/completions?moved"))).isEqualTo("503 refused");

    assertThat(received).containsExactly(ASKED, ASKED);
    assertThat(alternative()).isEmpty();
  }

  /** OkHttp's first answer is closed by then. */
  @Test
  void errorWhileTheOtherIsAsked_leavesTheFirstAnswerToBeRead() throws IOException {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .addNetworkInterceptor(
                chain -> {
                  if (!received.isEmpty()) {
                    throw new NoSuchMethodError("in another version");
                  }
                  return chain.proceed(chain.request());
                })
            .build();

    assertThat(Client.okHttp(client, url("/v1/chat/completions"))).isEqualTo("503 refused");
    assertThat(alternative()).containsExactly("treated failed");
  }

  @Test
  void whoCancelsWhileTheOtherIsAsked_hasTriedNothing() {
    held = new CountDownLatch(1);
    try {
      CompletableFuture<?> answer =
          Client.jdkLater(url("/v1/chat/completions"), BodyHandlers.ofString());
      await().until(() -> received.contains(OTHER));

      assertThat(answer.cancel(true)).isTrue();

      await().untilAsserted(() -> assertThat(alternative()).containsExactly("skipped failed"));
    } finally {
      held.countDown();
    }
  }

  private List<String> alternative() {
    return run.all(RemedyAttemptRecord.class)
        .filter(it -> it.remedyId().startsWith("alternative "))
        .map(it -> it.arm() + " " + it.result())
        .toList();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] asked = exchange.getRequestBody().readAllBytes();
    String body = new String(asked, StandardCharsets.UTF_8);
    received.add(body);
    if (exchange.getRequestURI().getQuery() != null) {
      exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getPath());
      exchange.sendResponseHeaders(307, -1);
      exchange.close();
      return;
    }
    if (body.equals(OTHER)) {
      hold();
    }
    int status = body.equals(OTHER) ? other : 503;
    byte[] answer = (status == 200 ? "answer" : "refused").getBytes(StandardCharsets.UTF_8);
    // What answers comes in chunks, so that nobody knows its length before.
    boolean chunked = status == 200 || inChunks;
    exchange.sendResponseHeaders(status, chunked ? 0 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void hold() {
    try {
      held.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
