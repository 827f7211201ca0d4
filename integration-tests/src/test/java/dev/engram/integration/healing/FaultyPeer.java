package dev.engram.integration.healing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Another service, on a socket of its own so that it can break HTTP too. A path of which an episode
 * is expected is answered by it; any other path, and one whose episode has passed, with 200. A
 * thread for each connection, and a connection for each request unless it keeps them. Thread-safe.
 */
final class FaultyPeer implements AutoCloseable {
  /** Longer than any caller waits. */
  private static final int SILENT_MILLIS = 5_000;

  /** Longer than a caller waits who calls it slow. */
  private static final int SLOW_MILLIS = 700;

  private static final int BACKLOG = 200;

  private final Map<String, Expected> expected = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
  private final boolean keeping;
  private volatile String body = "fine";
  private volatile ServerSocket server;

  /** What becomes of a request that fails. */
  interface Misbehaviour {
    void answer(Socket connection) throws IOException;
  }

  /** A request, in the order in which they came; the time by {@link System#nanoTime}. */
  record Received(String method, String path, String traceparent, long nanoTime) {}

  private static final class Expected {
    private final Misbehaviour misbehaviour;
    private final Episode episode;
    private int attempts;
    private long first;

    Expected(Misbehaviour misbehaviour, Episode episode) {
      this.misbehaviour = misbehaviour;
      this.episode = episode;
    }

    synchronized boolean fails() {
      long now = System.nanoTime();
      first = attempts == 0 ? now : first;
      return episode.fails(++attempts, Duration.ofNanos(now - first));
    }
  }

  FaultyPeer() throws IOException {
    this(false);
  }

  /**
   * @param keeping whether a connection serves one request after another, until one fails
   */
  FaultyPeer(boolean keeping) throws IOException {
    this.keeping = keeping;
    server = listen(0);
  }

  private ServerSocket listen(int port) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    Thread accepting = new Thread(() -> accept(listening), "faulty-peer");
    accepting.setDaemon(true);
    accepting.start();
    return listening;
  }

  /** Nothing listens at its port any more, until {@link #bind}. */
  void unbind() throws IOException {
    server.close();
  }

  /** It listens again, unless it does. */
  synchronized void bind() throws IOException {
    if (server.isClosed()) {
      server = listen(server.getLocalPort());
    }
  }

  /** An answer with this status and these headers. */
  static Misbehaviour status(int status, String... headers) {
    return connection -> write(connection, status, "refused", closing(headers));
  }

  /** What it answers from now on where nothing fails. */
  void say(String answer) {
    body = answer;
  }

  /** The connection is closed in place of an answer, as servers do with idle ones. */
  static void hangUp(Socket connection) throws IOException {
    connection.shutdownOutput();
  }

  /** The answer comes later than the caller waits. */
  static void slow(Socket connection) throws IOException {
    connection.setSoTimeout(SLOW_MILLIS);
    try {
      if (connection.getInputStream().read() >= 0) {
        throw new IOException("the caller says more instead of waiting");
      }
    } catch (SocketTimeoutException now) {
      write(connection, 200, "late", "Connection: close");
    }
  }

  /** The connection is reset before the answer begins. */
  static void reset(Socket connection) throws IOException {
    connection.setSoLinger(true, 0);
  }

  /** It is reset in the middle of the answer. */
  static void resetMidAnswer(Socket connection) throws IOException {
    connection
        .getOutputStream()
        .write(
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe begin"
                .getBytes(StandardCharsets.UTF_8));
    connection.setSoLinger(true, 0);
  }

  /** No answer comes for as long as anybody waits. */
  static void silent(Socket connection) throws IOException {
    connection.setSoTimeout(SILENT_MILLIS);
    if (connection.getInputStream().read() >= 0) {
      throw new IOException("the caller says more instead of waiting");
    }
  }

  /** From now on requests for this path fail so. */
  void expect(String path, Misbehaviour misbehaviour, Episode episode) {
    expected.put(path, new Expected(misbehaviour, episode));
  }

  List<Received> received(String path) {
    return received.stream().filter(it -> it.path().equals(path)).toList();
  }

  /** All so far. */
  int requests() {
    return received.size();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        Thread serving = new Thread(() -> serve(connection), "faulty-peer-connection");
        serving.setDaemon(true);
        serving.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      boolean another = true;
      while (another) {
        another = serveOne(connection) && keeping;
      }
    } catch (IOException gone) {
      // The caller has waited long enough.
    }
  }

  /** Whether it was answered as it should be. */
  private boolean serveOne(Socket connection) throws IOException {
    String path = read(connection);
    if (path == null) {
      return false;
    }
    Expected fault = expected.get(path);
    if (fault != null && fault.fails()) {
      fault.misbehaviour.answer(connection);
      return false;
    }
    write(connection, 200, body, keeping ? "Connection: keep-alive" : "Connection: close");
    return true;
  }

  /** Null where nothing was asked. */
  private @Nullable String read(Socket connection) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    if (line == null) {
      return null;
    }
    String traceparent = "";
    int length = 0;
    for (String header = reader.readLine();
        header != null && !header.isEmpty();
        header = reader.readLine()) {
      String value = header.substring(header.indexOf(':') + 1).strip();
      switch (header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT)) {
        case "traceparent" -> traceparent = value;
        case "content-length" -> length = Integer.parseInt(value);
        default -> {}
      }
    }
    for (int i = 0; i < length; i++) {
      reader.read();
    }
    String[] words = line.split(" ");
    received.add(new Received(words[0], words[1], traceparent, System.nanoTime()));
    return words[1];
  }

  private static String[] closing(String... headers) {
    return Stream.concat(Stream.of("Connection: close"), Stream.of(headers)).toArray(String[]::new);
  }

  private static void write(Socket connection, int status, String body, String... headers)
      throws IOException {
    String head =
        "HTTP/1.1 %d Some\r\nContent-Length: %d\r\n%s\r\n\r\n"
            .formatted(status, body.length(), String.join("\r\n", headers));
    connection.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
  }
}
