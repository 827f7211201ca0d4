package dev.engram.agent.core.ai;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.record.AttributeKey;

/**
 * The attempts of an HTTP client as which a call of a model was sent. One that follows a failed one
 * is a retry; others are further parts of the call, such as of many texts that are embedded.
 * Attempts follow one another, though not always on one thread.
 */
final class Attempts {
  private volatile boolean failed;
  private volatile long retries;

  /** The next begins. */
  void begun() {
    if (failed) {
      failed = false;
      retried(retries + 1);
    }
  }

  /** The last that began was refused, or got no answer. */
  void failed() {
    failed = true;
  }

  /** A layer above counted so many; whoever counts most has seen them all. */
  void retried(long told) {
    retries = Math.max(retries, told);
  }

  void putInto(OpenSpan span) {
    if (retries > 0) {
      span.put(AttributeKey.ENGRAM_AI_RETRIES, retries);
    }
  }
}
