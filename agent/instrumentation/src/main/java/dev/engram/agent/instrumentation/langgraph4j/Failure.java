package dev.engram.agent.instrumentation.langgraph4j;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/**
 * What a step, and with it its run, failed with. Immutable.
 *
 * @param thrown null where the engine does not tell
 */
record Failure(@Nullable Throwable thrown) {
  private static final String SITE = "org.bsc.langgraph4j.CompiledGraph#stream";

  /** OpenTelemetry's word for an error that is not known. */
  private static final String UNKNOWN = "_OTHER";

  void of(OpenSpan span) {
    if (thrown == null) {
      span.fail(UNKNOWN, null);
    } else {
      span.fail(thrown, ExceptionOrigin.ESCAPED, SITE);
    }
  }
}
