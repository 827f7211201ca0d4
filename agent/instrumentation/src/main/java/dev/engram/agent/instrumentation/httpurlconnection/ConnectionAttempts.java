package dev.engram.agent.instrumentation.httpurlconnection;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.http.ClientCall;
import dev.engram.agent.core.http.ClientRequest;
import dev.engram.agent.core.http.ClientResponse;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** The attempts of one connection; used by one thread at a time, as the connection is. */
final class ConnectionAttempts {
  private static final int FIRST_FINAL = 200;
  private static final int STATUS_DIGITS = 3;

  private final ClientCall call = new ClientCall();
  private @Nullable OpenSpan open;
  private boolean sent;

  ClientCall call() {
    return call;
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
    int status = Integer.parseInt(line, space + 1, space + 1 + STATUS_DIGITS, 10);
    if (status >= FIRST_FINAL) {
      end(ClientResponse.of(status, line.substring(0, space)));
    }
  }

  void failed(Throwable thrown) {
    end(ClientResponse.failed(thrown, "java.net.HttpURLConnection#connect"));
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
