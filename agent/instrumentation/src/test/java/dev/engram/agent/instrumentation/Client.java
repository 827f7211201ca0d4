package dev.engram.agent.instrumentation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Sends requests to a server under test. */
public final class Client {
  private final HttpClient http;
  private final String base;

  public Client(int port) {
    this(port, HttpClient.Version.HTTP_1_1);
  }

  /** Over HTTP/2 the first request upgrades the connection. */
  public Client(int port, HttpClient.Version version) {
    http = HttpClient.newBuilder().version(version).build();
    base = "http://127.0.0.1:" + port;
  }

  /** The status of the response. */
  public int get(String path) throws IOException, InterruptedException {
    return get(path, "User-Agent", "test").statusCode();
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).headers(headers).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<byte[]> send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  public HttpResponse<String> post(String path, String form)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
