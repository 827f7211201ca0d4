package dev.engram.agent.instrumentation.httpurlconnection;

import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.wire.AnswerBytes;
import dev.engram.agent.core.ai.wire.AnswerStream;
import dev.engram.agent.core.ai.wire.Endpoint;
import dev.engram.agent.core.ai.wire.WireCall;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** The attempts of one connection; used by one thread at a time, as the connection is. */
final class ConnectionAttempts {
  private static final int FIRST_FINAL = 200;
  private static final int STATUS_DIGITS = 3;
  private static final String SITE = "java.net.HttpURLConnection#connect";
  private static final String READ_SITE = "java.net.HttpURLConnection#getInputStream";

  private ClientCall call = new ClientCall();
  private @Nullable OpenSpan open;
  private boolean sent;
  private int status;
  private @Nullable WireCall asked;
  private @Nullable AnswerBytes along;

  /** Weakly, because it leads back to the connection. */
  private WeakReference<@Nullable InputStream> answer = new WeakReference<>(null);

  ClientCall call() {
    return call;
  }

  /**
   * What is asked is known when it is written, and the attempt is to be below that.
   *
   * @param written the body, or null when it was not collected
   */
  void ask(HttpURLConnection connection, @Nullable ByteArrayOutputStream written) {
    Endpoint endpoint = written == null || asked != null ? null : endpoint(connection);
    if (endpoint == null || written == null) {
      return;
    }
    byte[] body = written.toByteArray();
    WireCall opened = WireCall.open(endpoint, body, Math.min(body.length, WireCall.bodyLimit()));
    if (opened != null) {
      asked = opened;
      call = new ClientCall();
      opened.leave();
    }
  }

  /** Where a model may be asked, by a layer that nobody above knows of; else null. */
  static @Nullable Endpoint endpoint(HttpURLConnection connection) {
    URL url = connection.getURL();
    Endpoint endpoint = Endpoint.of(connection.getRequestMethod(), url.getHost(), url.getPath());
    return endpoint == null || ModelCall.isCurrent() ? null : endpoint;
  }

  /**
   * The answer for the application, with somebody who reads along; the same one every time. Null
   * when no model was asked.
   *
   * @param body null when the answer is a refusal
   */
  @Nullable InputStream answer(
      HttpURLConnection connection,
      @Nullable InputStream body,
      @Nullable String type,
      @Nullable String encoding) {
    WireCall of = asked;
    if (of == null || status == 0) {
      return null;
    }
    AnswerBytes bytes = along;
    if (bytes == null) {
      bytes = of.answered(status, type, encoding);
      bytes.readThrough(connection);
      along = bytes;
    }
    if (body == null) {
      bytes.ended();
      return null;
    }
    InputStream known = answer.get();
    InputStream given = known == null ? new AnswerStream(body, bytes, READ_SITE) : known;
    answer = new WeakReference<>(given);
    return given;
  }

  void begin(HttpURLConnection connection) {
    if (open == null) {
      URL url = connection.getURL();
      open =
          call.attempt(
              new ClientRequest(
                  connection.getRequestMethod(), url.toString(), url.getHost(), url.getPort()));
      sent = false;
    }
  }

  /** The span whose request is now written, or null when it is not remembered. */
  @Nullable OpenSpan sending() {
    sent = true;
    return open;
  }

  boolean isSent() {
    return sent;
  }

  /**
   * @param line the status line, such as {@code HTTP/1.1 200 OK}
   */
  void answered(@Nullable String line) {
    int space = line == null ? -1 : line.indexOf(' ');
    if (line == null || space < 0 || line.length() < space + 1 + STATUS_DIGITS) {
      return;
    }
    int answered = Integer.parseInt(line, space + 1, space + 1 + STATUS_DIGITS, 10);
    if (answered >= FIRST_FINAL) {
      status = answered;
      end(ClientResponse.of(answered, line.substring(0, space)));
    }
  }

  void failed(Throwable thrown) {
    end(ClientResponse.failed(thrown, SITE));
    WireCall of = asked;
    if (of != null) {
      of.failed(thrown, SITE);
    }
  }

  private void end(ClientResponse response) {
    OpenSpan ended = open;
    open = null;
    sent = false;
    if (ended != null) {
      response.end(ended);
    }
  }
}
