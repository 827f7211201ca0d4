package dev.engram.collector.analysis.decision;

import dev.engram.collector.analysis.Proportion;

/**
 * Decisions whose confidence lies in one stretch, as a point of the reliability diagram.
 *
 * @param low inclusive
 * @param high exclusive, but for the last bin
 * @param meanConfidence of those in it; NaN when there are none
 * @param success how many succeeded, with its interval
 */
public record ReliabilityBin(double low, double high, double meanConfidence, Proportion success) {
  /** Fewer say nothing that a person should read into them. */
  public static final int SHOWN_FROM = 20;

  public boolean isShown() {
    return success.of() >= SHOWN_FROM;
  }
}
