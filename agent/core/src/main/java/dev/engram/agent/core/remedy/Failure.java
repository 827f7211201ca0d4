package dev.engram.agent.core.remedy;

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

  /** That of an exception. */
  static Failure of(Throwable thrown, long fingerprint) {
    return new Failure(fingerprint, thrown.getClass().getName().contains(TIMEOUT), 0);
  }
}
