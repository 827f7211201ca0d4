package dev.engram.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.engram.cli.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands in for a service that knows prices, on loopback, and takes its time. One of four questions
 * it answers with 503, as a server that has too much to do. Thread-safe.
 */
final class UnsteadyPrices implements AutoCloseable {
  private static final int REFUSES_ONE_OF = 4;
  private static final long MILLIS = 40;
  private static final byte[] CENTS = "995".getBytes(StandardCharsets.US_ASCII);

  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();

  private UnsteadyPrices(HttpServer server) {
    this.server = server;
    server.createContext("/prices/", this::answer);
    server.start();
  }

  static UnsteadyPrices start() {
    try {
      return new UnsteadyPrices(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException impossible) {
      throw new CommandException(
          "cannot start a stand-in for a price service: " + impossible, impossible);
    }
  }

  /** Such as {@code 127.0.0.1:4711}. */
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many questions were refused so far. */
  int refused() {
    return asked.get() / REFUSES_ONE_OF;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (asked.incrementAndGet() % REFUSES_ONE_OF == 0) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MILLIS));
      exchange.sendResponseHeaders(200, CENTS.length);
      exchange.getResponseBody().write(CENTS);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
