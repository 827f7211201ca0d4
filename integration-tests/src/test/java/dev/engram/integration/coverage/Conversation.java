package dev.engram.integration.coverage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests as they go over the wire, each on a connection of its own: the usual ones, and what
 * broken or hostile clients send. A request is known by the query of its target.
 */
final class Conversation {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int HUGE = 64 * 1024;
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String ORDER = "{\"item\":\"grüße €\",\"password\":\"s3cr3t\"}";

  /** The first lines of every head. */
  private static final String HEAD = "%s %s?%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

  private final List<Request> requests = new ArrayList<>();

  /**
   * @param query of the target, without the question mark
   * @param text what is sent at once
   * @param rest what is sent after the server has said to go on; empty for a request that does not
   *     ask
   * @param valid whether a server must take it
   */
  record Request(String query, String text, String rest, boolean valid) {
    /**
     * All bytes of the answer, each as one character; what came before a connection was reset.
     *
     * @param closing whether the client closes its side once it has said all, as it must where the
     *     server leaves that to it
     * @throws IOException when the server cannot be reached or does not end its answer
     */
    String sendTo(int port, boolean closing) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        socket.getOutputStream().write(text.getBytes(UTF_8));
        String answer = "";
        if (!rest.isEmpty()) {
          answer = read(in, true);
          socket.getOutputStream().write(rest.getBytes(UTF_8));
        }
        if (closing || !valid) {
          // Or the server waits for more.
          socket.shutdownOutput();
        }
        return answer + read(in, false);
      }
    }

    @Override
    public String toString() {
      return query;
    }
  }

  private Conversation() {
    usual();
    bodies();
    strange();
    broken();
  }

  static List<Request> requests() {
    return List.copyOf(new Conversation().requests);
  }

  private void usual() {
    get("hello", "/hello");
    add("head", "HEAD", "/hello", "", "");
    add("options", "OPTIONS", "/hello", "", "");
    get("stream", "/stream");
    get("events", "/events");
    get("large", "/large");
    get("compressed", "/compressed");
    add("compressible", "GET", "/large", "Accept-Encoding: gzip\r\n", "");
    get("forward", "/forward");
    get("redirect", "/redirect");
    get("empty", "/empty");
    get("unchanged", "/unchanged");
    get("async", "/async");
    get("refuse", "/refuse");
    get("fail", "/fail");
    get("missing", "/nothing-here");
    sent("old", "GET /hello?old HTTP/1.0\r\n\r\n", true);
  }

  private void bodies() {
    post("json", "/echo", JSON, ORDER);
    post("bytes", "/echo", "application/octet-stream", "\u0000\u0001");
    post("form", "/parameter", FORM, "name=alice&password=s3cr3t");
    post("reader", "/reader", "text/plain;charset=utf-8", "größe\nb\n");
    post("non-blocking", "/non-blocking", JSON, ORDER);
    post("closed-twice", "/closed-twice", "text/plain", "hello");
    post(
        "multipart",
        "/parameter",
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nalice\r\n--x--\r\n");
    chunked("chunked", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", true);
    requests.add(
        new Request(
            "expect",
            head("POST", "/echo", "expect")
                + "Content-Type: text/plain\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
            "hello",
            true));
  }

  /** What no sensible client sends, though it may. */
  private void strange() {
    String ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
    header("traceparent-short", "traceparent: 00-" + ids);
    header("traceparent-letters", "traceparent: 00-" + ids.replace('4', 'z') + "-01");
    header("traceparent-zero", "traceparent: 00-" + ids.replaceAll("[0-9a-f]", "0") + "-01");
    header("traceparent-huge", "traceparent: 00-" + "4".repeat(HUGE) + "-01");
    header("traceparent-twice", "traceparent: x\r\ntraceparent: y");
    header("agent-huge", "User-Agent: " + "x".repeat(HUGE));
    header("many", "X-Many: 1\r\n".repeat(80) + "Accept: */*");
    post("charset-unknown", "/echo", JSON + ";charset=x-klingon", ORDER);
    post("charset-broken", "/echo", JSON + ";charset=\"; charset=;", ORDER);
    post("charset-huge", "/echo", JSON + ";charset=" + "x".repeat(HUGE), ORDER);
    post("type-broken", "/echo", ";;;///", ORDER);
  }

  /** What a server may refuse, or give up in the middle of. */
  private void broken() {
    chunked("chunk-size", "5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n", false);
    chunked("chunk-more", "5;extension=x\r\nhello\r\n0\r\nTrailer: x\r\n\r\n", false);
    chunked("chunk-cut", "5\r\nhel", false);
    length("length-more", "100", "hello");
    length("length-less", "3", "hello world");
    length("length-negative", "-1", "");
    length("length-words", "five", "hello");
    sent("no-host", "GET /hello?no-host HTTP/1.1\r\nConnection: close\r\n\r\n", false);
    sent("no-version", "GET /hello?no-version\r\n\r\n", false);
    sent("version", "GET /hello?version HTTP/9.9\r\nHost: a\r\n\r\n", false);
    sent("escape", "GET /%zz?escape HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false);
    sent("space", "GET /he llo?space HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false);
    sent("no-colon", head("GET", "/hello", "no-colon") + "no colon\r\n\r\n", false);
    sent("nonsense", "nonsense\r\n\r\n", false);
  }

  private void get(String query, String path) {
    add(query, "GET", path, "", "");
  }

  private void header(String query, String header) {
    add(query, "GET", "/hello", header + "\r\n", "");
  }

  private void post(String query, String path, String type, String body) {
    add(
        query,
        "POST",
        path,
        "Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, body.getBytes(UTF_8).length),
        body);
  }

  private void chunked(String query, String body, boolean valid) {
    String headers = "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
    sent(query, head("POST", "/count", query) + headers + body, valid);
  }

  private void length(String query, String length, String body) {
    String headers = "Content-Type: text/plain\r\nContent-Length: " + length + "\r\n\r\n";
    sent(query, head("POST", "/count", query) + headers + body, false);
  }

  private void add(String query, String method, String path, String headers, String body) {
    sent(query, head(method, path, query) + headers + "\r\n" + body, true);
  }

  private void sent(String query, String text, boolean valid) {
    requests.add(new Request(query, text, "", valid));
  }

  private static String head(String method, String path, String query) {
    return HEAD.formatted(method, path, query);
  }

  /** To the end of the answer, or of an interim answer's head. */
  private static String read(InputStream in, boolean interim) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      for (int value = in.read(); value >= 0; value = in.read()) {
        answer.write(value);
        if (interim && answer.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
          break;
        }
      }
    } catch (SocketTimeoutException stuck) {
      throw new IOException("no end after " + answer.toString(ISO_8859_1), stuck);
    } catch (IOException reset) {
      // A server that does not read a request to its end resets the connection when it closes it.
    }
    return answer.toString(ISO_8859_1);
  }
}
