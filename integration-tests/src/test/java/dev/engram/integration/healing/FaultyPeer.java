package dev.engram.integration.healing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Another service, on a socket of its own so that it can break HTTP too. A path of which an episode
 * is expected is answered by it; any other path, and one whose episode has passed, with 200. A
 * thread for each connection, and a connection for each request. Thread-safe.
 */
final class FaultyPeer implements AutoCloseable {
  /** Longer than any caller waits. */
  private static final int SILENT_MILLIS = 5_000;

  private static final int BACKLOG = 200;
  private static final String BODY = "fine";

  private final Map<String, Expected> expected = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
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
    return connection -> write(connection, status, "refused", headers);
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
      String path = read(connection);
      Expected fault = expected.get(path);
      if (fault != null && fault.fails()) {
        fault.misbehaviour.answer(connection);
      } else if (path != null) {
        write(connection, 200, BODY);
      }
    } catch (IOException gone) {
      // The caller has waited long enough.
    }
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

  private static void write(Socket connection, int status, String body, String... headers)
      throws IOException {
    String head =
        "HTTP/1.1 %d Some\r\nContent-Length: %d\r\nConnection: close\r\n%s%s\r\n"
            .formatted(
                status,
                body.length(),
                String.join("\r\n", headers),
                headers.length == 0 ? "" : "\r\n");
    connection.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
  }
}
