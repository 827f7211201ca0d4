package dev.engram.integration.provider;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider of models that listens on the loopback interface. {@link Script} says what a prompt
 * may ask of it. Its interactions are to be had from {@link #interactions()}, and as lines of JSON
 * from {@code GET /interactions}. Thread-safe.
 */
public final class ModelProvider implements AutoCloseable {
  private static final int SLOW_MILLIS = 300;
  private static final int HOLD_MILLIS = 60_000;

  private final ConcurrentLinkedQueue<Interaction> interactions = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final Set<String> overloaded = ConcurrentHashMap.newKeySet();
  private final AtomicInteger holding = new AtomicInteger();
  private final AtomicInteger answering = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "model-provider");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpServer server;

  /**
   * Listens at once.
   *
   * @param port 0 for any that is free
   */
  public ModelProvider(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Runs until it is killed, and says where it listens.
   *
   * @param arguments the port, if any
   */
  public static void main(String[] arguments) throws Exception {
    int port = arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]);
    try (ModelProvider provider = new ModelProvider(port)) {
      System.out.println("listening on " + provider.port());
      new CountDownLatch(1).await();
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Without a slash at its end; OpenAI's interface has {@code /v1} below it. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /**
   * All so far, in the order in which they ended; waits for those whose answer has been read
   * already and is not noted yet, and not for those that {@code [hold]}.
   */
  public List<Interaction> interactions() {
    await("the answers under way are noted").until(() -> answering.get() == 0);
    return List.copyOf(interactions);
  }

  /** All that was asked so far, answered or not, in the order in which it came. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** The prompts of these. */
  public List<String> prompts() {
    return asked.stream().map(Asked::prompt).toList();
  }

  /** How many were asked to {@code [hold]} so far. */
  public int holding() {
    return holding.get();
  }

  /** Lets all go on that {@code [hold]}, now and from now on. */
  public void release() {
    released.countDown();
  }

  /** From now on a model of this name refuses whatever it is asked. */
  public void overload(String model) {
    overloaded.add(model);
  }

  /** Refuses once more whom it has refused already. */
  public void forget() {
    attempts.clear();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Optional<Dialect> dialect = Dialect.ALL.stream().filter(it -> it.speaks(path)).findFirst();
    if (dialect.isPresent() && exchange.getRequestMethod().equals("POST")) {
      answering.incrementAndGet();
      try {
        answer(exchange, path, dialect.get());
      } finally {
        answering.decrementAndGet();
      }
    } else if (path.equals("/interactions")) {
      send(exchange, 200, "application/x-ndjson", described());
    } else {
      send(exchange, 404, "application/json", "{\"error\":{\"message\":\"No such path\"}}");
    }
  }

  private void answer(HttpExchange exchange, String path, Dialect dialect) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Asked request = dialect.read(path, Json.parse(body));
    asked.add(request);
    Script script = Script.of(request.prompt());
    Reply reply = Reply.to(request);
    Turn turn = new Turn(exchange, path, dialect, request, reply, script);
    int refused = overloaded.contains(request.model()) ? 503 : refusal(request.prompt(), script);
    if (refused > 0) {
      turn.refuse(refused);
      return;
    }
    if (script.says("slow")) {
      int millis = script.number("slow", 0);
      pause(millis == 0 ? SLOW_MILLIS : millis);
    }
    if (request.streams()) {
      turn.stream();
    } else {
      turn.whole();
    }
  }

  /** The status that the prompt is refused with this time, or 0. */
  private int refusal(String prompt, Script script) {
    if (script.says("error")) {
      return Math.max(script.number("error", 0), 400);
    }
    int times = Math.max(script.number("busy", -1), script.number("down", -1));
    if (times < 0) {
      return 0;
    }
    int attempt = attempts.computeIfAbsent(prompt, absent -> new AtomicInteger()).incrementAndGet();
    if (attempt > Math.max(times, 1)) {
      attempts.remove(prompt);
      return 0;
    }
    return script.says("busy") ? 429 : 503;
  }

  private static void pause(int millis) {
    try {
      new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold() {
    holding.incrementAndGet();
    answering.decrementAndGet();
    try {
      released.await(HOLD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      answering.incrementAndGet();
    }
  }

  private String described() {
    StringBuilder lines = new StringBuilder();
    interactions.forEach(it -> lines.append(it.described()).append('\n'));
    return lines.toString();
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** The answering of one request. */
  private final class Turn {
    private final HttpExchange exchange;
    private final String path;
    private final Dialect dialect;
    private final Asked asked;
    private final Reply reply;
    private final Script script;

    private Turn(
        HttpExchange exchange,
        String path,
        Dialect dialect,
        Asked asked,
        Reply reply,
        Script script) {
      this.exchange = exchange;
      this.path = path;
      this.dialect = dialect;
      this.asked = asked;
      this.reply = reply;
      this.script = script;
    }

    void refuse(int status) throws IOException {
      if (status == 429 || status == 503) {
        exchange.getResponseHeaders().set("Retry-After", "0");
      }
      remember(status, false, 0);
      Object error = dialect.error(status, "Refused: " + asked.prompt());
      send(exchange, status, "application/json", Json.text(error));
    }

    void whole() throws IOException {
      String body = Json.text(dialect.whole(asked, reply));
      if (script.says("malformed")) {
        body = "{\"id\":\"broken\", \"choices\": [";
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      OutputStream out = exchange.getResponseBody();
      if (script.says("cut") || script.says("hold")) {
        out.write(bytes, 0, bytes.length / 2);
        out.flush();
        cutOrHold(0);
        out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
      } else {
        out.write(bytes);
      }
      out.close();
      remember(200, !script.says("malformed"), 0);
    }

    void stream() throws IOException {
      exchange.getResponseHeaders().set("Content-Type", dialect.streamType());
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      List<String> frames = dialect.frames(asked, reply);
      if (script.says("malformed")) {
        frames = List.of("data: {\"id\":\"broken\", \"choices\": [\n\n");
      }
      for (int i = 0; i < frames.size(); i++) {
        if (i == frames.size() / 2) {
          cutOrHold(i);
        }
        out.write(frames.get(i).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      out.close();
      remember(200, !script.says("malformed"), frames.size());
    }

    /** An exception makes the server close the connection where it is. */
    private void cutOrHold(int frames) throws IOException {
      if (script.says("cut")) {
        remember(200, false, frames);
        throw new IOException("Cut as the prompt asked");
      }
      if (script.says("hold")) {
        hold();
      }
    }

    private void remember(int status, boolean answered, int frames) {
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      interactions.add(new Interaction(path, headers, asked, reply, status, answered, frames));
    }
  }
}
