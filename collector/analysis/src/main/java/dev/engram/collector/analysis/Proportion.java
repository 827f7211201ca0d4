package dev.engram.collector.analysis;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How many of so many, and between which shares the true one lies with 95% probability when nothing
 * is known before: the equal-tailed interval of the posterior Beta(1 + k, 1 + n - k), after Bayes'
 * uniform prior (Gelman et al., Bayesian Data Analysis, 3rd edition, 2.4).
 *
 * @param count from 0 to {@code of}
 */
public record Proportion(long count, long of) {
  private static final double TAIL = 0.025;

  /** The share that was seen; 0 when there was none to see. */
  public double rate() {
    return of == 0 ? 0 : (double) count / of;
  }

  public double low() {
    return count == 0 ? 0 : posterior().inverseCumulativeProbability(TAIL);
  }

  public double high() {
    return count == of ? 1 : posterior().inverseSurvivalProbability(TAIL);
  }

  /** The share that the true one exceeds with this probability. */
  public double exceeds(double probability) {
    return posterior().inverseSurvivalProbability(probability);
  }

  /** What is known of the true share. */
  public BetaDistribution posterior() {
    return BetaDistribution.of(1.0 + count, 1.0 + of - count);
  }
}
