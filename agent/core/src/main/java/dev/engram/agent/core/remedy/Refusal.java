package dev.engram.agent.core.remedy;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer of another service that is no success, as far as healing cares. Pure.
 *
 * @param status of HTTP
 * @param retryAfter what it says about when to come again; null where it says nothing
 */
record Refusal(int status, @Nullable String retryAfter) {
  private static final int FIRST_OF_SERVER = 500;

  /** Overloaded, gone for a moment, or too late: of whatever stands between, too. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504, 529);

  /** Those that are given before anything is done. */
  private static final Set<Integer> BEFORE_ANYTHING = Set.of(429, 503, 529);

  /** Whether the service did not do what it was asked to; else the call succeeded. */
  static boolean isOne(int status) {
    return status >= FIRST_OF_SERVER || PASSING.contains(status);
  }

  /** Whether it says nothing of what was asked, but that the service has too much to do. */
  static boolean isOverload(int status) {
    return status != 408 && PASSING.contains(status);
  }

  boolean mayPass() {
    return PASSING.contains(status);
  }

  boolean isBeforeAnything() {
    return BEFORE_ANYTHING.contains(status);
  }

  /** What is to be told apart is the status: an answer has no stack. */
  Failure failure(Instant now) {
    return new Failure(status, false, RetryAfter.millis(retryAfter, now));
  }
}
