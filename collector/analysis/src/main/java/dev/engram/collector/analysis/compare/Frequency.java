package dev.engram.collector.analysis.compare;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;

/**
 * How often something was seen in so many requests. It may be seen several times in one, so this is
 * a count at a rate and no share.
 *
 * @param count 0 or more
 * @param requests of the service in that part of the memory; 0 or more
 */
public record Frequency(long count, long requests) {
  private static final double TAIL = 0.025;

  /** For each request; 0 when there was none. */
  public double rate() {
    return requests == 0 ? 0 : (double) count / requests;
  }

  /**
   * Where the true rate begins with 95% probability: the exact interval of a Poisson count
   * (Garwood, Fiducial limits for the Poisson distribution, Biometrika 28, 1936).
   */
  public double low() {
    return requests == 0 || count == 0
        ? 0
        : GammaDistribution.of(count, 1).inverseCumulativeProbability(TAIL) / requests;
  }

  /** Where it ends; infinite when there was no request. */
  public double high() {
    return requests == 0
        ? Double.POSITIVE_INFINITY
        : GammaDistribution.of(count + 1.0, 1).inverseSurvivalProbability(TAIL) / requests;
  }

  /**
   * The factor by which this is more frequent, at least, when one is wrong in at most so many of
   * all such statements. Of two Poisson counts the first is, given their sum, a binomial one, whose
   * share tells the ratio of the rates (Przyborowski and Wilenski, Homogeneity of results in
   * testing samples from Poisson series, Biometrika 31, 1940); the bound of the share is exact
   * (Clopper and Pearson, Biometrika 26, 1934), so that it holds however much the parts differ in
   * size.
   *
   * @param wrong greater than 0, less than 0.5
   * @return 0 when this was not seen, or either had no requests: then nothing is known
   */
  double moreFrequentAtLeast(Frequency before, double wrong) {
    if (count == 0 || requests == 0) {
      return 0;
    }
    double low = BetaDistribution.of(count, before.count + 1.0).inverseCumulativeProbability(wrong);
    return low / (1 - low) * before.requests / requests;
  }
}
