package com.acme;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Serves its own requests for so many milliseconds, one at least, says the trace of each that was
 * answered, and ends: by {@code exit}, by {@code halt}, or by an exit with a hook that sends one
 * more request when nothing moves records any more ({@code late}).
 */
public class BriefApp {
  private final int port;

  private BriefApp(int port) {
    this.port = port;
  }

  public static void main(String[] arguments) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0]));
    BriefApp app = new BriefApp(serve());
    do {
      app.request();
    } while (System.nanoTime() - end < 0);
    app.end(arguments[1]);
  }

  private static int serve() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/hello",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server.getAddress().getPort();
  }

  private void end(String how) {
    if (how.equals("halt")) {
      Runtime.getRuntime().halt(0);
    }
    if (how.equals("late")) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::requestLate));
    }
    System.exit(0);
  }

  private void requestLate() {
    try {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("engram-writer")) {
          thread.join();
        }
      }
      System.out.println("late");
      request();
    } catch (IOException | InterruptedException failed) {
      System.out.println(failed);
    }
  }

  /** Over a connection that the server closes, so that its end is the answer's. */
  private void request() throws IOException {
    String traceId = UUID.randomUUID().toString().replace("-", "");
    String request =
        "GET /hello HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
            + ("traceparent: 00-" + traceId + "-00f067aa0ba902b7-01\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      if (new String(answer, StandardCharsets.US_ASCII).endsWith("hello")) {
        System.out.println("answered " + traceId);
      }
    }
  }
}
