package dev.engram.agent.instrumentation.feedback;

import dev.engram.agent.api.Feedback;
import dev.engram.agent.core.capture.Tracing;
import org.jspecify.annotations.Nullable;

/** Hands a judgement on to capture. */
final class FeedbackCapture {
  private FeedbackCapture() {}

  static void given(@Nullable Object given) {
    if (given instanceof Feedback feedback) {
      Tracing.feedback(
          feedback.target(),
          feedback.targetId(),
          feedback.label(),
          feedback.score(),
          feedback.author(),
          feedback.comment());
    }
  }
}
