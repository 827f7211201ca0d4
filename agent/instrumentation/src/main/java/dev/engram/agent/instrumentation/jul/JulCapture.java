package dev.engram.agent.instrumentation.jul;

import dev.engram.agent.core.capture.Tracing;
import java.util.Objects;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Takes the exception of a record that its level lets pass, and the template of its message. What a
 * bridge hands on to another framework is the same exception there, and known.
 *
 * <p>A message without parameters is no template: facades before this logger have put the values
 * in.
 */
final class JulCapture {
  private JulCapture() {}

  static void logged(Logger logger, LogRecord record) {
    Throwable thrown = record.getThrown();
    if (thrown != null && logger.isLoggable(record.getLevel())) {
      String name = Objects.requireNonNullElse(logger.getName(), "anonymous");
      Tracing.logged(thrown, name, hasParameters(record) ? record.getMessage() : null);
    }
  }

  private static boolean hasParameters(LogRecord record) {
    Object[] parameters = record.getParameters();
    return parameters != null && parameters.length > 0;
  }
}
