package dev.engram.collector.analysis.gate;

import org.jspecify.annotations.Nullable;

/**
 * From where on a difference counts.
 *
 * @param leastCount executions that both runs must have before their medians are compared
 * @param tolerance the part by which a median may grow, such as 0.2
 * @param leastNanos by which a median must have grown
 * @param wrong in how many of all runs without any change something may be called slower by chance
 * @param aiBudgetUsd what calls of models may cost; null for any sum
 */
public record Limits(
    int leastCount, double tolerance, long leastNanos, double wrong, @Nullable Double aiBudgetUsd) {
  public static final int LEAST_COUNT = 30;
  public static final double TOLERANCE = 0.2;
  private static final long LEAST_NANOS = 1_000_000;
  private static final double WRONG = 0.01;

  /** These, and for the rest what suits most. */
  public static Limits of(int leastCount, double tolerance, @Nullable Double aiBudgetUsd) {
    return new Limits(leastCount, tolerance, LEAST_NANOS, WRONG, aiBudgetUsd);
  }

  /** The same where so many kinds of changes are looked for: each may err that much less often. */
  public Limits ofKinds(int kinds) {
    return new Limits(leastCount, tolerance, leastNanos, wrong / kinds, aiBudgetUsd);
  }
}
