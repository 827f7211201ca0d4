package dev.engram.integration.healing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another service that works on so many requests at once, each for a while, and refuses the others
 * with 503. Thread-safe.
 */
final class BusyPeer implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final int atOnce;
  private final HttpServer server;
  private final Executor later;
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * @param millis until an answer, or a refusal
   */
  BusyPeer(int atOnce, long millis) throws IOException {
    this.atOnce = atOnce;
    later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/work";
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** So far. */
  int answered() {
    return answered.get();
  }

  /** So far. */
  int refused() {
    return refused.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (working.incrementAndGet() > atOnce) {
      working.decrementAndGet();
      later.execute(() -> end(exchange, 503, refused));
    } else {
      later.execute(() -> worked(exchange));
    }
  }

  private void worked(HttpExchange exchange) {
    working.decrementAndGet();
    end(exchange, 200, answered);
  }

  private static void end(HttpExchange exchange, int status, AtomicInteger count) {
    count.incrementAndGet();
    byte[] body = "work".getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException gone) {
      // Whoever asked does not wait any longer.
    }
  }
}
