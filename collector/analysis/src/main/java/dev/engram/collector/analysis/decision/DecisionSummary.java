package dev.engram.collector.analysis.decision;

import dev.engram.collector.analysis.Proportion;

/**
 * Decisions of one name that one model made for one service.
 *
 * @param model empty when it is not known, or nobody asked one
 * @param count all of them
 * @param told those whose outcome was told, unknown ones too
 * @param derived those whose outcome is known from what happened
 * @param unknown those whose outcome is not known; they are no failures
 * @param partial those that succeeded in part; they count as neither in the rate of success
 * @param success of those that succeeded or failed
 * @param calibration of those that also have a confidence
 * @param judged those that have feedback
 * @param meanScore of all scores in force; NaN when there are none
 */
public record DecisionSummary(
    String service,
    String name,
    String model,
    long count,
    long told,
    long derived,
    long unknown,
    long partial,
    Proportion success,
    Calibration calibration,
    long judged,
    double meanScore) {
  /** The share whose outcome is known. */
  public double coverage() {
    return count == 0 ? 0 : (double) (count - unknown) / count;
  }
}
