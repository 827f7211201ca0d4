package dev.engram.collector.analysis.recall;

import dev.engram.collector.analysis.decision.JudgedDecision;
import dev.engram.collector.store.StoredDecision;
import java.util.Comparator;

/**
 * What was answered to an input, and what became of it.
 *
 * @param workflow of a node; empty for a decision
 * @param input beginning of its text; empty when only its hash is known
 * @param judged the decision; for a node one that stands for it, with the span's id, the node's
 *     beginning, and as what was chosen the beginning of what the node gave
 */
public record PastAnswer(String workflow, String input, JudgedDecision judged) {
  /** In characters, of the texts. */
  public static final int LONGEST = 1_000;

  static final Comparator<PastAnswer> LATEST_FIRST =
      Comparator.comparingLong((PastAnswer it) -> it.decision().row().timeEpochNanos())
          .thenComparingLong(it -> it.decision().arrival())
          .reversed();

  public StoredDecision decision() {
    return judged.decision();
  }

  /** What was chosen, or what the node gave. */
  public String answer() {
    return decision().row().chosen();
  }

  /** 16 hex digits; empty when unknown. */
  public String inputHash() {
    String name = workflow.isEmpty() ? "engram.decision.input.hash" : "engram.workflow.input.hash";
    return decision().row().attributes().get(name) instanceof String hash ? hash : "";
  }
}
