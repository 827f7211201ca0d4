package dev.engram.collector.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves resources over HTTP to whoever on this machine has its token: {@code POST} of JSON, and
 * JSON comes back. Listens on the loopback address alone. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {
  /** Bytes of a body that are read. */
  static final int LONGEST_BODY = 32 << 10;

  private static final int THREADS = 4;
  private static final int WAITING = 16;
  private static final long PATIENCE_SECONDS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, ApiServer::thread);
  private final Map<String, Resource> resources;
  private final Consumer<String> log;
  private final Gate gate;

  private ApiServer(HttpServer server, Map<String, Resource> resources, Consumer<String> log) {
    this.server = server;
    this.resources = Map.copyOf(resources);
    this.log = log;
    this.gate = new Gate(server.getAddress().getPort());
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any that is free
   * @param resources by path
   * @param log takes one line for a person at a time
   * @throws IOException when the port is not to be had
   */
  public static ApiServer start(int port, Map<String, Resource> resources, Consumer<String> log)
      throws IOException {
    boundCallers();
    HttpServer listening =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
            WAITING);
    ApiServer started = new ApiServer(listening, resources, log);
    listening.createContext("/", started::serve);
    listening.setExecutor(started.threads);
    listening.start();
    return started;
  }

  /** Such as {@code http://127.0.0.1:4711}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What callers must know; new with each start. */
  public String token() {
    return gate.token();
  }

  /** What is being answered is answered, unless it takes long. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  /** Who sends or reads slowly, or opens many connections, keeps nobody else out for long. */
  private static void boundCallers() {
    // Read once, by the first server of the process.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("jdk.httpserver.maxConnections", "64");
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "engram-http");
    thread.setDaemon(true);
    return thread;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      gate.check(exchange.getRequestHeaders());
      return resource(exchange).post(Members.of(body(exchange)));
    } catch (RefusedException refused) {
      return Answer.of(refused);
    } catch (RuntimeException | Error failure) {
      log.accept(exchange.getRequestURI().getPath() + " over HTTP failed: " + failure);
      return Answer.of(new RefusedException(500, "it failed; the collector has said why"));
    }
  }

  private Resource resource(HttpExchange exchange) throws RefusedException {
    Resource resource = resources.get(exchange.getRequestURI().getPath());
    if (resource == null) {
      throw new RefusedException(
          404, "there is " + String.join(", ", resources.keySet().stream().sorted().toList()));
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new RefusedException(405, "POST alone is served");
    }
    return resource;
  }

  private static byte[] body(HttpExchange exchange) throws IOException, RefusedException {
    if (!isJson(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      throw new RefusedException(415, "send 'Content-Type: application/json'");
    }
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      throw new RefusedException(413, "a body may have " + LONGEST_BODY + " bytes");
    }
    return body;
  }

  private static boolean isJson(@Nullable String type) {
    String essence = type == null ? "" : type.split(";", 2)[0].strip();
    return essence.toLowerCase(Locale.ROOT).equals("application/json");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-store");
    if (answer.status() == 401) {
      headers.set("WWW-Authenticate", "Bearer");
    } else if (answer.status() == 405) {
      headers.set("Allow", "POST");
    }
    byte[] body = JSON.writeValueAsBytes(answer.body());
    boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), hasBody ? body.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
  }
}
