package dev.engram.collector.analysis.gate;

import dev.engram.collector.store.Durations;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How long something took, and how sure that is.
 *
 * @param count how often it was done; at least 1
 * @param medianNanos at least 1, so that it has a logarithm
 * @param logError the standard error of the median's natural logarithm, free of any assumption on
 *     how durations are distributed: the distance between two order statistics around the median
 *     over that distance for a normal one (Price and Bonett, Distribution-free confidence intervals
 *     for difference and ratio of medians, Journal of Statistical Computation and Simulation 72,
 *     2002)
 */
public record Timing(long count, long medianNanos, double logError) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** That of at least one duration. */
  static Timing of(Durations durations) {
    int count = durations.size();
    return new Timing(count, atLeastOne(durations.percentile(50)), logError(durations, count));
  }

  private static double logError(Durations durations, int count) {
    int low = (int) Math.max(1, Math.round((count + 1) / 2.0 - Math.sqrt(count)));
    double outside = BinomialDistribution.of(count, 0.5).cumulativeProbability(low - 1);
    double width =
        Math.log(atLeastOne(durations.atRank(count - low + 1)))
            - Math.log(atLeastOne(durations.atRank(low)));
    // Of a single duration neither is anything.
    return width == 0 ? 0 : width / (2 * NORMAL.inverseSurvivalProbability(outside));
  }

  /**
   * The factor by which this is slower, at least, when one is wrong in so many of all such
   * statements.
   *
   * @param wrong greater than 0, less than 0.5
   */
  public double slowerAtLeast(Timing before, double wrong) {
    double ratio = Math.log(medianNanos) - Math.log(before.medianNanos);
    double error = Math.hypot(logError, before.logError);
    return Math.exp(ratio - NORMAL.inverseSurvivalProbability(wrong) * error);
  }

  private static long atLeastOne(long nanos) {
    return Math.max(1, nanos);
  }
}
