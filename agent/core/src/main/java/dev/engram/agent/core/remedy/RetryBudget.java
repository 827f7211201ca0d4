package dev.engram.agent.core.remedy;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What repetitions at one place may still cost, so that they never make an outage worse: a bucket
 * that each repetition empties and each first success fills a little. The constants are those of
 * AWS' SDKs. Thread-safe, never blocks.
 */
final class RetryBudget {
  /** What it costs to find out that an operation cannot be repeated. */
  static final int LOOK = 1;

  private static final int FULL = 500;
  private static final int REPETITION = 5;
  private static final int AFTER_TIMEOUT = 10;

  private static volatile boolean anySpent;

  private final AtomicInteger tokens = new AtomicInteger(FULL);

  /** Whether there ever was a repetition: before, no success has anything to fill. */
  static boolean isAnySpent() {
    return anySpent;
  }

  static int price(boolean afterTimeout) {
    return afterTimeout ? AFTER_TIMEOUT : REPETITION;
  }

  /** Pays so much; false when there is not enough left. */
  boolean pay(int price) {
    int left;
    do {
      left = tokens.get();
      if (left < price) {
        return false;
      }
    } while (!tokens.compareAndSet(left, left - price));
    anySpent = true;
    return true;
  }

  /** What was paid for and not done. */
  void giveBack(int paid) {
    tokens.addAndGet(paid);
  }

  /**
   * So many repetitions of one operation have helped nothing: they cost twice, so that a place that
   * fails for good is soon left in peace.
   */
  void inVain(int repetitions) {
    tokens.updateAndGet(left -> Math.max(0, left - repetitions * REPETITION));
  }

  /** An operation succeeded with its first run. */
  void succeeded() {
    int left = tokens.get();
    if (left < FULL) {
      // Lost when another thread is quicker: the bucket fills a little later.
      tokens.compareAndSet(left, left + 1);
    }
  }

  boolean isFull() {
    return tokens.get() >= FULL;
  }
}
