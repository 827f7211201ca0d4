package dev.engram.integration.coverage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server that clients under test call: remembers what each request carried. Thread-safe. */
final class Peer implements AutoCloseable {
  /** A request as it arrived; {@code traceparent} holds the header as often as it came. */
  record Received(String method, String target, List<String> traceparent) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;
  private final int closedPort;

  Peer() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket unused = new ServerSocket(0, 1, loopback)) {
      closedPort = unused.getLocalPort();
      server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String target) {
    return "http://127.0.0.1:" + port() + target;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** A URL where nobody listens. */
  String refusedUrl(String target) {
    return "http://127.0.0.1:" + closedPort + target;
  }

  /** What arrived since the last time this was asked, in order. */
  List<Received> takeReceived() {
    List<Received> taken = List.copyOf(received);
    received.clear();
    return taken;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> traceparent = exchange.getRequestHeaders().get("traceparent");
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              traceparent == null ? List.of() : List.copyOf(traceparent)));
      byte[] sent = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      byte[] body =
          (path + " got " + new String(sent, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
      if (path.equals("/redirect")) {
        exchange.getResponseHeaders().add("Location", url("/ok?after=redirect"));
      }
      exchange.sendResponseHeaders(status(path), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static int status(String path) {
    return switch (path) {
      case "/missing" -> 404;
      case "/broken" -> 500;
      case "/redirect" -> 302;
      default -> 200;
    };
  }
}
