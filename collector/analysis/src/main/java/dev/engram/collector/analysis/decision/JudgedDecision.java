package dev.engram.collector.analysis.decision;

import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.StoredDecision;
import java.util.List;
import java.util.Map;

/**
 * A decision with what became of it and what people say of it.
 *
 * @param correlations values by the name of their key: what later outcomes find it by
 * @param told what each author told last, earliest first
 * @param feedback what each author said last of each target, earliest first
 */
public record JudgedDecision(
    StoredDecision decision,
    DecisionOutcome outcome,
    Map<String, String> correlations,
    List<OutcomeRow> told,
    List<FeedbackRow> feedback) {
  /** {@code gen_ai.request.model}; empty when unknown. */
  public String model() {
    return decision.row().attributes().get("gen_ai.request.model") instanceof String model
        ? model
        : "";
  }

  /** The same where nobody told: then nothing is known. */
  public JudgedDecision asTold() {
    return outcome.isTold()
        ? this
        : new JudgedDecision(decision, DecisionOutcome.UNKNOWN, correlations, told, feedback);
  }

  /** The mean of what is in force; NaN when there is no score. */
  public double meanScore() {
    return feedback.stream()
        .mapToDouble(FeedbackRow::score)
        .filter(score -> !Double.isNaN(score))
        .average()
        .orElse(Double.NaN);
  }
}
