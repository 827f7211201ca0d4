package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.Thrown;

/**
 * How a run failed.
 *
 * @param fingerprint by which remedies know it: of an exception its fingerprint, of an answer its
 *     status
 * @param timeout whether somebody waited for long in vain
 * @param leastMillis to wait before another run, as the other side has asked
 */
record Failure(long fingerprint, boolean timeout, long leastMillis) {
  private static final String TIMEOUT = "Timeout";
  private static final int MOST_CAUSES = 16;

  /** That of an exception. */
  static Failure of(Throwable thrown, long fingerprint) {
    return new Failure(fingerprint, isTimeout(thrown), 0);
  }

  /** Also where a timeout was wrapped. */
  private static boolean isTimeout(Throwable thrown) {
    Throwable link = thrown;
    for (int i = 0; link != null && i < MOST_CAUSES; i++) {
      if (link.getClass().getName().contains(TIMEOUT)) {
        return true;
      }
      link = Thrown.cause(link);
    }
    return false;
  }
}
