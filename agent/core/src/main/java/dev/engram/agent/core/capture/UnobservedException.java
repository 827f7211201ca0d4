package dev.engram.agent.core.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception that a future keeps.
 *
 * @param chain the throwable and its causes
 * @param root of the trace it was thrown in, or null outside any
 * @param record as it is offered once it has escaped; brings its stacks itself
 * @param nanoTime when it was thrown, of the clock
 */
record UnobservedException(
    List<Throwable> chain, @Nullable LocalRoot root, byte[] record, long nanoTime) {
  /** Whether it is one of these, was caused by one, or has a cause in common with them. */
  boolean sharesAny(List<Throwable> others) {
    for (Throwable other : others) {
      for (Throwable link : chain) {
        if (link == other) {
          return true;
        }
      }
    }
    return false;
  }
}
