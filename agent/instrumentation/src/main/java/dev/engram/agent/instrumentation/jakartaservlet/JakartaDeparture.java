package dev.engram.agent.instrumentation.jakartaservlet;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.record.AttributeKey;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Set;

/**
 * Whether a client has left before it had its whole answer, by what its container throws at whoever
 * writes that. Thread-safe.
 */
final class JakartaDeparture {
  private static final AttributeKey ABORTED = AttributeKey.of("engram.http.aborted");

  /** Of Tomcat over HTTP/1.1 and HTTP/2, and of Jetty. */
  private static final Set<String> TYPES =
      Set.of(
          "org.apache.catalina.connector.ClientAbortException",
          "org.apache.coyote.CloseNowException",
          "org.eclipse.jetty.io.EofException");

  /** Undertow, and Tomcat of asynchronous requests, have no type of their own for it. */
  private static final Set<String> WRITERS =
      Set.of(
          "io.undertow.servlet.spec.ServletOutputStreamImpl",
          "org.apache.catalina.connector.OutputBuffer");

  private static final int MAX_CAUSES = 16;

  private JakartaDeparture() {}

  /** Whether this is such a one; then the request says so. */
  static boolean isMet(OpenSpan span, Throwable thrown) {
    boolean left = isShownBy(thrown);
    if (left) {
      span.put(ABORTED, true);
    }
    return left;
  }

  /** Itself or a cause: frameworks wrap it. */
  static boolean isShownBy(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (isOne(cause)) {
        return true;
      }
      cause = Thrown.cause(cause);
    }
    return false;
  }

  private static boolean isOne(Throwable thrown) {
    Class<?> type = thrown.getClass();
    return TYPES.contains(type.getName())
        || (type == IOException.class || type == ClosedChannelException.class)
            && Arrays.stream(Thrown.frames(thrown))
                .anyMatch(frame -> WRITERS.contains(frame.getClassName()));
  }
}
