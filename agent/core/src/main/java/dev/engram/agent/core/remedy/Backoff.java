package dev.engram.agent.core.remedy;

import java.util.function.DoubleSupplier;

/**
 * How long to wait before an operation is run again: a random time up to min(cap, base * 2^n), so
 * that those who failed together do not come again together (Brooker, Exponential backoff and
 * jitter, AWS architecture blog, 2015: "full jitter"). Pure but for the draw.
 */
final class Backoff {
  private Backoff() {}

  /**
   * In milliseconds.
   *
   * @param failed runs so far, 1 or more
   * @param draw from 0, less than 1
   */
  static long millis(int failed, int baseMillis, int capMillis, DoubleSupplier draw) {
    long most = (long) baseMillis << Math.min(failed - 1, Integer.SIZE - 2);
    return (long) (draw.getAsDouble() * Math.min(capMillis, most));
  }
}
