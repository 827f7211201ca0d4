package dev.engram.agent.core.remedy;

/**
 * How long a connection is used on average, by Little's law: how many are used at a time, by how
 * many are lent in that time. Confined to one thread.
 */
final class UseTime {
  /** Connections seen in use, or lent: fewer say nothing. */
  private static final int ENOUGH = 10;

  /** What is as many looks ago counts a third. */
  private static final double MEMORY = 200;

  private double looks;
  private double usedNanos;
  private double lent;

  /**
   * A look at the pool.
   *
   * @param used at this moment
   * @param nanos since the look before
   * @param lentSince the look before
   */
  void add(int used, long nanos, long lentSince) {
    looks += used;
    usedNanos += (double) used * nanos;
    lent += lentSince;
  }

  /** What was seen counts less with each look. */
  void fade() {
    double rest = 1 - 1 / MEMORY;
    looks *= rest;
    usedNanos *= rest;
    lent *= rest;
  }

  void clear() {
    looks = 0;
    usedNanos = 0;
    lent = 0;
  }

  boolean isKnown() {
    return looks >= ENOUGH && lent >= ENOUGH;
  }

  /** In nanoseconds; endless where none was lent. */
  double mean() {
    return lent == 0 ? Double.POSITIVE_INFINITY : usedNanos / lent;
  }
}
