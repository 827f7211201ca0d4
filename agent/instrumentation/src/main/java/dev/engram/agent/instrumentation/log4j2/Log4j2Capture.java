package dev.engram.agent.instrumentation.log4j2;

import dev.engram.agent.core.capture.Tracing;
import java.util.Set;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/** Takes the exception of a message, and its template where that is at hand. */
final class Log4j2Capture {
  private static final String MESSAGES = "org.apache.logging.log4j.message.";

  /** Of these the template is a text already; others make one of the application's objects. */
  private static final Set<String> WITH_TEMPLATE =
      Set.of(
          MESSAGES + "MessageFormatMessage",
          MESSAGES + "ParameterizedMessage",
          MESSAGES + "ReusableParameterizedMessage",
          MESSAGES + "ReusableSimpleMessage",
          MESSAGES + "SimpleMessage",
          MESSAGES + "StringFormattedMessage");

  private Log4j2Capture() {}

  static void logged(Throwable thrown, Logger logger, @Nullable Message message) {
    Tracing.logged(thrown, logger.getName(), message == null ? null : template(message));
  }

  private static @Nullable String template(Message message) {
    return WITH_TEMPLATE.contains(message.getClass().getName()) ? message.getFormat() : null;
  }
}
