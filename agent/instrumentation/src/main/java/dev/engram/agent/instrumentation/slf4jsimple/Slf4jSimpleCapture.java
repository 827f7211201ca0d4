package dev.engram.agent.instrumentation.slf4jsimple;

import dev.engram.agent.core.capture.Tracing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Takes the exception of an event. One that was told with its template is known already. */
final class Slf4jSimpleCapture {
  private Slf4jSimpleCapture() {}

  static void logged(Throwable thrown, Logger logger, @Nullable String template) {
    Tracing.logged(thrown, logger.getName(), template);
  }
}
