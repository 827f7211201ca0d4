package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.Hash64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The latest calls of other services that healing has dealt with, and that failed all the same: who
 * makes the same call again in the same span, such as a client with retries of its own, would
 * multiply what was done already. Thread-safe, never blocks.
 */
final class InVain {
  /** A power of two. */
  private static final int PLACES = 256;

  private final AtomicLongArray latest = new AtomicLongArray(PLACES);
  private final AtomicInteger next = new AtomicInteger();

  /**
   * @param operation what was called, and how
   */
  void add(OpenSpan span, String operation) {
    latest.set(next.getAndIncrement() & (PLACES - 1), key(span, operation));
  }

  /** Whether the same was called in vain in this very span. */
  boolean has(OpenSpan span, String operation) {
    long key = key(span, operation);
    for (int i = 0; i < PLACES; i++) {
      if (latest.get(i) == key) {
        return true;
      }
    }
    return false;
  }

  /** Never 0; spans have ids of their own. */
  private static long key(OpenSpan span, String operation) {
    return new Hash64().add(span.traceparent()).add(operation).value();
  }
}
