package dev.engram.collector.analysis.decision;

import dev.engram.collector.store.OutcomeRow;
import org.jspecify.annotations.Nullable;

/**
 * What became of a decision.
 *
 * @param source {@code told}; where it was derived {@code exception}, {@code span}, {@code
 *     workflow}, {@code request}, {@code transaction} or {@code retry}; empty when nothing is known
 * @param told the outcome that was told, or null
 */
public record DecisionOutcome(OutcomeLabel label, String source, @Nullable OutcomeRow told) {
  public static final String TOLD = "told";

  static final DecisionOutcome UNKNOWN = new DecisionOutcome(OutcomeLabel.UNKNOWN, "", null);

  static DecisionOutcome derived(OutcomeLabel label, String source) {
    return new DecisionOutcome(label, source, null);
  }

  static DecisionOutcome told(OutcomeRow told) {
    return new DecisionOutcome(OutcomeLabel.of(told.label()), TOLD, told);
  }

  public boolean isKnown() {
    return label != OutcomeLabel.UNKNOWN;
  }

  public boolean isTold() {
    return told != null;
  }
}
