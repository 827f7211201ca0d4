package dev.engram.agent.core.remedy;

import java.util.function.DoubleSupplier;

/**
 * How long to wait before an operation is run again: a random time from half of min(cap, base *
 * 2^n) up to all of it, so that those who failed together do not come again together, and none
 * comes again at once (Brooker, Exponential backoff and jitter, AWS architecture blog, 2015: "equal
 * jitter"). Pure but for the draw.
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
    long most = Math.min(capMillis, (long) baseMillis << Math.min(failed - 1, Integer.SIZE - 2));
    long least = most / 2;
    return least + (long) (draw.getAsDouble() * (most - least));
  }
}
