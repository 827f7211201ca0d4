package com.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A service whose handlers can hold it up, end it, or use up its memory. It has no shutdown hook:
 * whoever ends it ends it in the middle of its work. Takes the kind of its handler threads.
 */
public class EndingApp {
  /** Keeps what was allocated from being optimised away, and reachable while it matters. */
  private static volatile Object hoard = "";

  public static void main(String[] arguments) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    server.setExecutor(HandlerThreads.of(arguments[0]));
    server.createContext("/hello", exchange -> answer(exchange, 200, "hello"));
    server.createContext("/gone", exchange -> answer(exchange, 410, "gone"));
    server.createContext("/block", exchange -> block());
    server.createContext("/linger", EndingApp::linger);
    server.createContext("/halt", exchange -> Runtime.getRuntime().halt(9));
    server.createContext("/exit", exchange -> System.exit(7));
    server.createContext("/exhaust", EndingApp::exhaust);
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static void linger(HttpExchange exchange) throws IOException {
    answer(exchange, 200, "answered, and not done");
    rest();
  }

  private static void block() {
    System.out.println("blocked");
    rest();
  }

  private static void rest() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes all memory in ever smaller pieces, holds it for a moment, and gives it back. Taken to the
   * last byte, it costs this server the thread that accepts; {@code roughly} leaves it alive.
   */
  private static void exhaust(HttpExchange exchange) throws IOException {
    List<Object> pieces = new ArrayList<>(1 << 16);
    hoard = pieces;
    int smallest = exchange.getRequestURI().getPath().endsWith("roughly") ? 1 << 16 : 1 << 6;
    for (int size = 1 << 20; size >= smallest; size >>= 2) {
      fill(pieces, size);
    }
    pieces.clear();
    answer(exchange, 200, "exhausted");
  }

  private static void fill(List<Object> pieces, int size) {
    try {
      for (int left = 1 << 12; left > 0; left--) {
        pieces.add(new byte[size]);
      }
    } catch (OutOfMemoryError full) {
      // Smaller pieces may still find room.
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }
}
