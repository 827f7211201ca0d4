package dev.engram.agent.core.decision;

import java.util.List;

/**
 * What was chosen. Immutable.
 *
 * @param options in order; empty when unknown
 * @param confidence 0 to 1; what lies outside counts as unknown, as NaN does
 * @param source of the confidence: {@code stated}, {@code log_probability}, {@code score}, {@code
 *     rule}, or empty
 * @param reasoning steps in order
 */
public record Choice(
    List<String> options, String chosen, double confidence, String source, List<String> reasoning) {
  /** What nobody can want to read. */
  static final int MOST = 64;

  public Choice {
    options = first(options);
    reasoning = first(reasoning);
    boolean known = confidence >= 0 && confidence <= 1;
    confidence = known ? confidence : Double.NaN;
    source = known ? source : "";
  }

  private static List<String> first(List<String> texts) {
    return List.copyOf(texts.subList(0, Math.min(MOST, texts.size())));
  }
}
