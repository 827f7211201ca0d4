package dev.engram.agent.instrumentation.decisions;

import dev.engram.agent.api.Outcome;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.decision.Decisions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hands on what the application tells of its decisions. Loaded beside the API alone. */
final class OutcomeCapture {
  private OutcomeCapture() {}

  static void told(@Nullable Object told) {
    if (told instanceof Outcome outcome) {
      Tracing.outcome(
          outcome.key(),
          outcome.id(),
          outcome.label().name().toLowerCase(Locale.ROOT),
          outcome.value(),
          outcome.author(),
          outcome.comment());
    }
  }

  static void correlated(@Nullable String key, @Nullable String value) {
    if (key != null && value != null) {
      Decisions.correlate(key, value);
    }
  }
}
