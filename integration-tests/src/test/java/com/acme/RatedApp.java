package com.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.engram.agent.api.Decision;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Decides when it is asked, and lets those who ask rate what it decided. */
public class RatedApp {
  /** What was decided. */
  public record Routed(String queue, double confidence) {}

  public static void main(String[] arguments) throws IOException {
    RatedApp app = new RatedApp();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/orders", exchange -> answer(exchange, app.route(read(exchange)).queue));
    server.createContext("/ratings", exchange -> answer(exchange, "thanks for " + read(exchange)));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  @Decision(value = "route order", choice = "queue", confidence = "confidence")
  Routed route(String orderId) {
    return new Routed("fast", 0.9);
  }

  private static String read(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }
}
