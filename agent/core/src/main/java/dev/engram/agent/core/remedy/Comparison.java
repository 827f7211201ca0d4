package dev.engram.agent.core.remedy;

import dev.engram.agent.core.remedy.CallWindow.Counts;

/** What became of the calls of a service while they were limited, and while they were not. Pure. */
record Comparison(Counts limited, Counts free) {
  /** In both together, before anything is thought of how many were answered. */
  static final int LEAST_ANSWERED = 20;

  /** With a limit at most half as many are refused, and four of five are still answered. */
  private static final int TIMES_FEWER = 2;

  private static final int LEAST_FIFTHS = 4;
  private static final int FIFTHS = 5;

  /** Whether there was nothing to limit. */
  boolean isOver() {
    return !limited.isOverload() && !free.isOverload();
  }

  boolean hasEnough() {
    return limited.answered() + free.answered() >= LEAST_ANSWERED;
  }

  /** Fewer are refused; and who waits does not wait for nothing, nor until nobody asks any more. */
  boolean helps() {
    return free.isOverload()
        && TIMES_FEWER * limited.refused() * free.nanos() <= free.refused() * limited.nanos()
        && FIFTHS * limited.answered() * free.nanos()
            >= LEAST_FIFTHS * free.answered() * limited.nanos()
        && 2 * limited.waitedNanosEach() <= LimitedCall.LONGEST_NANOS;
  }
}
