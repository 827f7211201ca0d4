package dev.engram.agent.instrumentation.httpurlconnection;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.MessageHeaders;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Follows a connection from its first use to the headers of its last response. A connection that is
 * opened and never asked leaves nothing.
 */
final class HttpUrlConnectionCapture {
  private static final Attachments<ConnectionAttempts> CONNECTIONS = new Attachments<>();

  private HttpUrlConnectionCapture() {}

  /**
   * What {@link #failed} must be given. Where a model may be asked, the attempt begins when the
   * question is written, and before that only if the connection fails.
   */
  static Object began(Object connecting) {
    HttpURLConnection connection = (HttpURLConnection) connecting;
    ConnectionAttempts attempts = attempts(connection);
    if (ConnectionAttempts.endpoint(connection) == null) {
      attempts.begin(connection);
    }
    return attempts;
  }

  /**
   * @param written the body, where the connection collects it; else null
   */
  static Object sending(Object connecting, Object headers, @Nullable Object written)
      throws Throwable {
    HttpURLConnection connection = (HttpURLConnection) connecting;
    ConnectionAttempts attempts = attempts(connection);
    attempts.ask(connection, written instanceof ByteArrayOutputStream body ? body : null);
    attempts.begin(connection);
    OpenSpan span = attempts.sending();
    if (span != null) {
      String existing = MessageHeaders.value(headers, ClientCall.TRACEPARENT);
      String header = attempts.call().traceparent(span, existing);
      if (header != null) {
        MessageHeaders.set(headers, ClientCall.TRACEPARENT, header);
      }
    }
    return attempts;
  }

  /** The stream that the application is given instead, or null. */
  static @Nullable InputStream read(
      Object connection, @Nullable Object headers, @Nullable InputStream body) throws Throwable {
    ConnectionAttempts attempts = CONNECTIONS.get(connection);
    if (attempts == null || headers == null) {
      return null;
    }
    return attempts.answer(
        (HttpURLConnection) connection,
        body,
        MessageHeaders.value(headers, "Content-Type"),
        MessageHeaders.value(headers, "Content-Encoding"));
  }

  static void connectFailed(Object attempts, Object connection, Throwable thrown) {
    ((ConnectionAttempts) attempts).begin((HttpURLConnection) connection);
    failed(attempts, thrown);
  }

  static void failed(Object attempts, Throwable thrown) {
    ((ConnectionAttempts) attempts).failed(thrown);
  }

  /** Called for interim responses and for those of a proxy's tunnel too. */
  static void answered(
      @Nullable Object headers, @Nullable Object connection, @Nullable Throwable thrown)
      throws Throwable {
    ConnectionAttempts attempts = connection == null ? null : CONNECTIONS.get(connection);
    if (attempts == null || !attempts.isSent()) {
      return;
    }
    if (thrown != null) {
      attempts.failed(thrown);
    } else if (headers != null) {
      attempts.answered(MessageHeaders.firstLine(headers));
    }
  }

  private static ConnectionAttempts attempts(HttpURLConnection connection) {
    ConnectionAttempts attempts = CONNECTIONS.get(connection);
    if (attempts == null) {
      attempts = new ConnectionAttempts();
      CONNECTIONS.put(connection, attempts);
    }
    return attempts;
  }
}
