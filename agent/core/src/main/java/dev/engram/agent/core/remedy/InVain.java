package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.Hash64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest calls of other services that healing has dealt with, and that failed all the same: who
 * makes the same call again in the same span, such as a client with retries of its own, or begins
 * again further out because of it, would multiply what was done already. An exception is told by
 * {@link DealtWith}; an answer is none. Thread-safe, never blocks.
 */
final class InVain {
  /** A power of two. */
  private static final int PLACES = 256;

  private final AtomicReferenceArray<@Nullable Call> latest = new AtomicReferenceArray<>(PLACES);
  private final AtomicInteger next = new AtomicInteger();

  private record Call(long trace, long operation, long nanoTime) {}

  /**
   * @param operation what was called, and how
   */
  void add(OpenSpan span, String operation) {
    latest.set(
        next.getAndIncrement() & (PLACES - 1),
        new Call(span.traceHalf(), key(span, operation), System.nanoTime()));
  }

  /** Whether the same was called in vain in this very span. */
  boolean has(OpenSpan span, String operation) {
    long key = key(span, operation);
    for (int i = 0; i < PLACES; i++) {
      Call call = latest.get(i);
      if (call != null && call.operation == key) {
        return true;
      }
    }
    return false;
  }

  /** Whether anything was, in the span's request, since then. */
  boolean hasAny(OpenSpan span, long sinceNanoTime) {
    for (int i = 0; i < PLACES; i++) {
      Call call = latest.get(i);
      if (call != null && call.trace == span.traceHalf() && call.nanoTime - sinceNanoTime >= 0) {
        return true;
      }
    }
    return false;
  }

  private static long key(OpenSpan span, String operation) {
    return new Hash64().add(span.traceparent()).add(operation).value();
  }
}
