package dev.engram.agent.instrumentation.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.engram.agent.core.capture.Tracing;

/**
 * Takes the exception of an event, and the template of its message. The message itself is not asked
 * for: it would be formatted where no appender does.
 */
final class LogbackCapture {
  private LogbackCapture() {}

  static void logged(ILoggingEvent event) {
    if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
      Tracing.logged(proxy.getThrowable(), event.getLoggerName(), event.getMessage());
    }
  }
}
