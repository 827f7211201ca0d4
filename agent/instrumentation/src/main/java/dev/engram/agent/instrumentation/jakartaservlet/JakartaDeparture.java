package dev.engram.agent.instrumentation.jakartaservlet;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Thrown;
import dev.engram.agent.record.AttributeKey;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Whether a client has left before it had its whole answer, by what its container throws at whoever
 * writes that. Thread-safe.
 */
final class JakartaDeparture {
  private static final AttributeKey ABORTED = AttributeKey.of("engram.http.aborted");

  private static final String JETTY = "org.eclipse.jetty.io.EofException";

  /** Of Tomcat over HTTP/1.1 and HTTP/2, and of Jetty. */
  private static final Set<String> TYPES =
      Set.of(
          "org.apache.catalina.connector.ClientAbortException",
          "org.apache.coyote.CloseNowException",
          JETTY);

  /** Undertow, and Tomcat of asynchronous requests, have no type of their own for it. */
  private static final Set<String> WRITERS =
      Set.of(
          "io.undertow.servlet.spec.ServletOutputStreamImpl",
          "org.apache.catalina.connector.OutputBuffer");

  /** Of Jetty's clients, which throw the same when another service breaks off. */
  private static final List<String> CLIENTS =
      List.of(
          "org.eclipse.jetty.client.",
          "org.eclipse.jetty.http2.client.",
          "org.eclipse.jetty.http3.client.");

  private static final int MAX_CAUSES = 16;

  private JakartaDeparture() {}

  /** Whether this is such a one; then the request says so. */
  static boolean isMet(OpenSpan span, Throwable thrown) {
    boolean left = isShownBy(thrown);
    if (left) {
      mark(span);
    }
    return left;
  }

  /** The client has left, however that is known. */
  static void mark(OpenSpan span) {
    span.put(ABORTED, true);
  }

  /** Itself or a cause: frameworks wrap it. */
  static boolean isShownBy(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (isOne(cause)) {
        return !cause.getClass().getName().equals(JETTY) || !isOfAClient(thrown, cause);
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

  /** By where it, or what wraps it, was made. */
  private static boolean isOfAClient(Throwable outermost, Throwable innermost) {
    Throwable each = outermost;
    for (int i = 0; each != null && i < MAX_CAUSES; i++) {
      if (Arrays.stream(Thrown.frames(each)).anyMatch(JakartaDeparture::isOfAClient)) {
        return true;
      }
      each = each == innermost ? null : Thrown.cause(each);
    }
    return false;
  }

  private static boolean isOfAClient(StackTraceElement frame) {
    return CLIENTS.stream().anyMatch(frame.getClassName()::startsWith);
  }
}
