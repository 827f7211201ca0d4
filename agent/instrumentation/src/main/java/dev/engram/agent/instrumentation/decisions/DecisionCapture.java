package dev.engram.agent.instrumentation.decisions;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.core.decision.Choice;
import dev.engram.agent.core.decision.Decisions;
import dev.engram.agent.core.decision.Surrounding;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Records what an annotated method decided: when it returned, or when its stage completed. */
final class DecisionCapture {
  private DecisionCapture() {}

  static void returned(
      Class<?> type, String signature, @Nullable Object[] arguments, @Nullable Object returned) {
    OpenSpan span = Tracing.current();
    if (!Tracing.remembersDecisions(span)) {
      return;
    }
    AnnotatedDecision decision = AnnotatedDecision.of(type, signature);
    Map<String, String> correlations = decision.correlations(arguments);
    Surrounding around = decision.surrounding(arguments);
    if (returned instanceof CompletionStage<?> stage) {
      follow(stage, value -> record(decision, value, around, correlations, span));
    } else {
      record(decision, returned, around, correlations, span);
    }
  }

  /** What is done with a value. */
  private interface Taker {
    void take(@Nullable Object value);
  }

  /** The stage may be the application's own class, which need not let itself be followed. */
  private static void follow(CompletionStage<?> stage, Taker taker) {
    try {
      stage.whenComplete((value, thrown) -> takeUnlessThrown(taker, value, thrown));
    } catch (Throwable refused) {
      Tracing.failed();
    }
  }

  /** Nothing may escape into the thread that completed the stage. */
  private static void takeUnlessThrown(
      Taker taker, @Nullable Object value, @Nullable Throwable thrown) {
    try {
      if (thrown == null) {
        taker.take(value);
      }
    } catch (Throwable ours) {
      Tracing.failed();
    }
  }

  private static void record(
      AnnotatedDecision decision,
      @Nullable Object returned,
      Surrounding around,
      Map<String, String> correlations,
      @Nullable OpenSpan span) {
    Choice choice = decision.parts().of(returned);
    if (choice != null) {
      Decisions.record(decision.name(), choice, Decisions.ANNOTATION, around, correlations, span);
    }
  }
}
