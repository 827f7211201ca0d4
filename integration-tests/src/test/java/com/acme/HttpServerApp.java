package com.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A service on the JDK's own HTTP server, with lambdas for handlers. */
public class HttpServerApp {
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    server.setExecutor(threads);
    server.createContext("/hello", exchange -> answer(exchange, 200, "hello"));
    server.createContext("/unavailable", exchange -> answer(exchange, 503, "unavailable"));
    CountDownLatch release = new CountDownLatch(1);
    server.createContext("/wait", exchange -> waitFor(release, exchange));
    server.createContext(
        "/release",
        exchange -> {
          release.countDown();
          answer(exchange, 200, "released");
        });
    server.createContext("/gone", exchange -> answer(exchange, 410, "gone"));
    server.createContext("/teapot/", exchange -> answer(exchange, 418, "short and stout"));
    server.createContext(
        "/fail",
        exchange -> {
          throw new IllegalStateException("this handler never works");
        });
    server.createContext(
        "/late",
        exchange -> {
          answer(exchange, 200, "answered, then failed");
          throw new IllegalStateException("failed after the answer");
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, threads)));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  /** Lets handlers that run come to their end. */
  private static void stop(HttpServer server, ExecutorService threads) {
    server.stop(0);
    threads.shutdown();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers once the latch is open. */
  private static void waitFor(CountDownLatch latch, HttpExchange exchange) throws IOException {
    System.out.println("waiting");
    try {
      latch.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    answer(exchange, 200, "waited");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }
}
