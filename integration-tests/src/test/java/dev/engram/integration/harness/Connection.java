package dev.engram.integration.harness;

import dev.engram.integration.harness.Traffic.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP connection that is kept alive: requests go one after the other, and none is ever sent
 * twice, as a client with a pool would. Used by one thread.
 */
final class Connection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 300_000;

  private final Socket socket;
  private final InputStream in;
  private boolean open = true;

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Whether the server takes another request. */
  boolean isOpen() {
    return open;
  }

  /**
   * Sends a request and reads its answer.
   *
   * @throws IOException when no whole answer came
   */
  Answer get(String traceId, String path) throws IOException {
    return pipeline(traceId, List.of(path)).get(0);
  }

  /**
   * Sends requests without waiting in between, and reads their answers, which come in order.
   *
   * @throws IOException when an answer is missing
   */
  List<Answer> pipeline(String traceId, List<String> paths) throws IOException {
    StringBuilder requests = new StringBuilder();
    for (String path : paths) {
      requests.append(
          "GET %s HTTP/1.1\r\nhost: 127.0.0.1\r\n%s: %s\r\n\r\n"
              .formatted(path, "traceparent", Traffic.traceparent(traceId)));
    }
    socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    List<Answer> answers = new ArrayList<>();
    for (String path : paths) {
      answers.add(answer(traceId, path));
    }
    return answers;
  }

  private Answer answer(String traceId, String path) throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    Map<String, String> headers = headers();
    String body = new String(body(headers), StandardCharsets.UTF_8);
    open = !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    return new Answer(traceId, path, status, body);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (!headers.containsKey("transfer-encoding")) {
      return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
      body.write(chunk);
    }
    return body.toByteArray();
  }

  private byte[] chunk() throws IOException {
    byte[] chunk = bytes(Integer.parseInt(line(), 16));
    line();
    return chunk;
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the answer was cut");
    }
    return bytes;
  }

  /** Up to the next line break, without it. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
