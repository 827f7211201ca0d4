package dev.engram.integration.healing;

import java.time.Duration;

/**
 * How one event of a fault goes: which of the attempts at one request fail. The first always does,
 * or it would be no event.
 */
sealed interface Episode {
  /**
   * Whether an attempt fails.
   *
   * @param attempt from 1
   * @param sinceFirst since the first attempt began
   */
  boolean fails(int attempt, Duration sinceFirst);

  /** The first so many attempts fail. */
  record ByCount(int failures) implements Episode {
    @Override
    public boolean fails(int attempt, Duration sinceFirst) {
      return attempt <= failures;
    }
  }

  /** Every attempt fails for so long. */
  record ByDuration(Duration length) implements Episode {
    @Override
    public boolean fails(int attempt, Duration sinceFirst) {
      return attempt == 1 || sinceFirst.compareTo(length) < 0;
    }
  }

  /**
   * Every attempt after the first fails with a probability.
   *
   * @param seed the same attempt of the same event always ends alike
   */
  record ByProbability(double probability, long seed) implements Episode {
    @Override
    public boolean fails(int attempt, Duration sinceFirst) {
      return attempt == 1 || Schedule.uniform(seed, attempt) < probability;
    }
  }

  /** Every attempt fails, however late. */
  record ForEver() implements Episode {
    @Override
    public boolean fails(int attempt, Duration sinceFirst) {
      return true;
    }
  }
}
