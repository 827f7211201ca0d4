package dev.engram.collector.analysis.remedy;

import dev.engram.collector.analysis.Proportion;

/**
 * What became of the episodes of one remedy: all failures at its place within one request.
 *
 * @param observed nothing was done about
 * @param control nothing was done about, because they were drawn to be compared with
 * @param treated of which so many were resolved; of a breaker the calls that were not made
 * @param probes calls that a breaker let through to see, of which so many failed as well
 * @param refused calls of another service that were refused while they were limited
 * @param refusedAlone the same in the windows without a limit that they are compared with
 * @param masked of the treated, how many were answered with something else: none of the resolved
 * @param helps how much more likely these outcomes are if the remedy resolves or masks nine of ten,
 *     or nine of ten probes fail as well, than if one of two; of a retry, six of ten than one of
 *     five
 * @param fails how much more likely the latest of them are if it is one of fifty than if it is one
 *     of five; of a larger pool or a limit, if it is one of two than if it is nine of ten
 * @param addedNanos what waiting, or asking another model, added to a treated episode, on average,
 *     of a limit to each call; 0 when there is none
 */
public record Evidence(
    long observed,
    long control,
    Proportion treated,
    Proportion probes,
    long refused,
    long refusedAlone,
    long masked,
    double helps,
    double fails,
    long addedNanos) {
  /**
   * What a ratio must reach. Of remedies that resolve as few as it is compared with, or fewer, at
   * most one in 20 is taken for a helpful one in a trial, however often one looks (Ville's
   * inequality; Wald, Sequential analysis, 1947).
   */
  public static final double ENOUGH = 20;

  /** Failures that are no accident any more. */
  public static final int REPEATED = 3;

  static final double HELPFUL = 0.9;
  static final double MOSTLY_HELPFUL = 0.6;
  static final double HALF = 0.5;
  static final double USELESS = 0.02;
  static final double USEFUL = 0.2;
}
