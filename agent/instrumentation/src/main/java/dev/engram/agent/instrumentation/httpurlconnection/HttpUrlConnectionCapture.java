package dev.engram.agent.instrumentation.httpurlconnection;

import dev.engram.agent.core.attach.Attachments;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.MessageHeaders;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Follows a connection from its first use to the headers of its last response. A connection that is
 * opened and never asked leaves nothing.
 */
final class HttpUrlConnectionCapture {
  private static final Attachments<ConnectionAttempts> CONNECTIONS = new Attachments<>();

  private HttpUrlConnectionCapture() {}

  /** What {@link #failed} must be given. */
  static Object began(Object connection) {
    ConnectionAttempts attempts = CONNECTIONS.get(connection);
    if (attempts == null) {
      attempts = new ConnectionAttempts();
      CONNECTIONS.put(connection, attempts);
    }
    attempts.begin((HttpURLConnection) connection);
    return attempts;
  }

  static Object sending(Object connection, Object headers) throws Throwable {
    ConnectionAttempts attempts = (ConnectionAttempts) began(connection);
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
}
