package dev.engram.integration.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that gives every request a trace of its own, so that what was remembered can be matched
 * with what was sent. Thread-safe.
 */
public final class Traffic {
  private final HttpClient client;
  private final int port;

  public Traffic(int port) {
    this(port, HttpClient.Version.HTTP_1_1);
  }

  private Traffic(int port, HttpClient.Version version) {
    this.port = port;
    this.client =
        HttpClient.newBuilder().version(version).connectTimeout(Duration.ofSeconds(10)).build();
  }

  /** To the sample shop, once it serves. */
  public static Traffic toShop(Child shop) {
    Matcher port = shop.awaitLine(Pattern.compile("Tomcat started on port (\\d+)"));
    shop.awaitLine(Pattern.compile("Started ShopApplication"));
    return new Traffic(Integer.parseInt(port.group(1)));
  }

  /** To an application that says where it listens. */
  public static Traffic toApplication(Child application) {
    Matcher port = application.awaitLine(Pattern.compile("^listening on (\\d+)"));
    return new Traffic(Integer.parseInt(port.group(1)));
  }

  /**
   * To the same service over HTTP/2, to which the first request upgrades its connection; an answer
   * over HTTP/1.1 is none.
   */
  public Traffic overHttp2() {
    return new Traffic(port, HttpClient.Version.HTTP_2);
  }

  /** A request that was answered in full. */
  public record Answer(String traceId, String path, int status, String body) {}

  /** A new W3C trace id. */
  public static String newTraceId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** The header that puts a request into this trace. */
  public static String traceparent(String traceId) {
    return "00-" + traceId + "-00f067aa0ba902b7-01";
  }

  /** A connection to the same service that nobody else uses. */
  Connection connect() throws IOException {
    return new Connection(port);
  }

  public Answer get(String path) {
    return answered(newTraceId(), "GET", path, BodyPublishers.noBody());
  }

  public Answer post(String path, String json) {
    return answered(newTraceId(), "POST", path, BodyPublishers.ofString(json));
  }

  /**
   * Sends a request under a trace id that the caller knows, whatever becomes of it.
   *
   * @throws IOException when no whole answer came
   */
  public Answer send(String traceId, String method, String path, BodyPublisher body)
      throws IOException {
    return send(traceId, method, path, "application/json", body);
  }

  /** The same with a body of another type. */
  public Answer send(
      String traceId, String method, String path, String contentType, BodyPublisher body)
      throws IOException {
    return send(traceId, method, path, List.of("content-type", contentType), body);
  }

  /**
   * The same with these headers.
   *
   * @param headers names and values in turn
   */
  public Answer send(
      String traceId, String method, String path, List<String> headers, BodyPublisher body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .headers(headers.toArray(String[]::new))
            .header("traceparent", traceparent(traceId))
            .method(method, body)
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.version() != client.version()) {
        throw new IOException("answered over " + response.version());
      }
      return new Answer(traceId, path, response.statusCode(), response.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  /**
   * Sends GET requests of one trace over one connection without waiting in between.
   *
   * @throws IOException when an answer is missing
   */
  public List<Answer> pipeline(String traceId, List<String> paths) throws IOException {
    try (Connection connection = connect()) {
      return connection.pipeline(traceId, paths);
    }
  }

  private Answer answered(String traceId, String method, String path, BodyPublisher body) {
    try {
      return send(traceId, method, path, body);
    } catch (IOException unanswered) {
      throw new AssertionError(method + " " + path + " was not answered", unanswered);
    }
  }
}
