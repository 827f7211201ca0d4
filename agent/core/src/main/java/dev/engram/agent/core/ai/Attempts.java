package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The attempts of an HTTP client as which a call of a model was sent. One that follows a failed one
 * is a retry; others are further parts of the call, such as of many texts that are embedded.
 * Attempts follow one another, though not always on one thread.
 */
final class Attempts {
  private volatile boolean failed;
  private final AtomicLong seen = new AtomicLong();
  private final AtomicLong told = new AtomicLong();

  /** The next begins. */
  void begun() {
    if (failed) {
      failed = false;
      seen.incrementAndGet();
    }
  }

  /** The last that began was refused, or got no answer. */
  void failed() {
    failed = true;
  }

  /** A layer above counted so many. */
  void retried(long attempts) {
    told.accumulateAndGet(attempts, Math::max);
  }

  void putInto(OpenSpan span) {
    // Who counts more has seen them all.
    long retries = Math.max(seen.get(), told.get());
    if (retries > 0) {
      span.put(AttributeKey.ENGRAM_AI_RETRIES, retries);
    }
  }
}
