package dev.engram.integration.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Certificate;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * A client that speaks HTTP/2 from the first byte, and gives every request a trace of its own. Used
 * by one thread.
 */
final class Http2Client implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int AT_ONCE = 32;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final OkHttpClient http;
  private final String base;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  private Http2Client(OkHttpClient.Builder http, String base) {
    this.http = http.eventListener(new Connected()).retryOnConnectionFailure(false).build();
    this.http.dispatcher().setMaxRequestsPerHost(AT_ONCE);
    this.base = base;
  }

  /** In the clear; the server is known to speak it. */
  static Http2Client withPriorKnowledge(int port) {
    return new Http2Client(
        patient().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)), "http://127.0.0.1:" + port);
  }

  /** Agreed on with TLS. */
  static Http2Client overTls(int port) {
    X509TrustManager trust = trust();
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {trust}, null);
      return new Http2Client(
          patient().sslSocketFactory(tls.getSocketFactory(), trust), "https://127.0.0.1:" + port);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** It waits for a server that stands still for a while. */
  static OkHttpClient.Builder patient() {
    return new OkHttpClient.Builder()
        .connectTimeout(PATIENCE)
        .readTimeout(PATIENCE)
        .writeTimeout(PATIENCE);
  }

  Answer get(String path) {
    return send(path, null).join();
  }

  Answer post(String path, String json) {
    return send(path, RequestBody.create(json, JSON)).join();
  }

  /** Sends all before the first is answered, as streams of one connection. */
  List<Answer> getAtOnce(Stream<String> paths) {
    connections.clear();
    List<CompletableFuture<Answer>> answers = paths.map(path -> send(path, null)).toList();
    List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
    assertThat(connections).hasSize(1);
    return all;
  }

  /**
   * Cancels a request when its headers are on their way and its body is not.
   *
   * @return the request's trace id
   */
  String cancel(String path) {
    String traceId = Traffic.newTraceId();
    Cancelling body = new Cancelling();
    Call call = http.newCall(request(traceId, path).post(body).build());
    body.call = call;
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    call.enqueue(new Answered(traceId, path, answer));
    assertThat(answer.handle((it, failure) -> failure).join()).isInstanceOf(IOException.class);
    return traceId;
  }

  @Override
  public void close() {
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }

  /**
   * @param body null for a GET
   */
  private CompletableFuture<Answer> send(String path, RequestBody body) {
    String traceId = Traffic.newTraceId();
    Request.Builder request = request(traceId, path);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    http.newCall(body == null ? request.get().build() : request.post(body).build())
        .enqueue(new Answered(traceId, path, answer));
    return answer;
  }

  private Request.Builder request(String traceId, String path) {
    return new Request.Builder()
        .url(base + path)
        .header("content-type", JSON.toString())
        .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01");
  }

  private static X509TrustManager trust() {
    Certificate certificate = Certificate.selfSigned();
    try (InputStream in = Files.newInputStream(certificate.keyStore())) {
      KeyStore keyStore = KeyStore.getInstance("PKCS12");
      keyStore.load(in, Certificate.PASSWORD.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keyStore);
      return (X509TrustManager) trust.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private final class Connected extends EventListener {
    @Override
    public void connectionAcquired(Call call, Connection connection) {
      connections.add(connection);
    }
  }

  private record Answered(String traceId, String path, CompletableFuture<Answer> answer)
      implements Callback {
    @Override
    public void onResponse(Call call, Response response) throws IOException {
      try (response) {
        if (response.protocol() == Protocol.HTTP_1_1) {
          throw new IOException("answered over " + response.protocol());
        }
        answer.complete(new Answer(traceId, path, response.code(), response.body().string()));
      } catch (IOException cut) {
        answer.completeExceptionally(cut);
      }
    }

    @Override
    public void onFailure(Call call, IOException failure) {
      answer.completeExceptionally(failure);
    }
  }

  /** A body that is never written. */
  private static final class Cancelling extends RequestBody {
    private volatile Call call;

    @Override
    public MediaType contentType() {
      return JSON;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      call.cancel();
      throw new IOException("cancelled");
    }
  }
}
