package dev.engram.collector.analysis.remedy;

import dev.engram.collector.store.RemedyAttemptRow;
import java.util.List;
import java.util.stream.Stream;

/**
 * The attempts of one remedy within one request, which is treated as a whole or not at all.
 *
 * @param attempts in order of time; not empty
 */
record Episode(List<RemedyAttemptRow> attempts) {
  private static final String UNCLEAR = "unclear";
  private static final String CONTROL = "control";
  private static final String TREATED = "treated";
  private static final String SKIPPED = "skipped";
  private static final String FAILED = "failed";
  private static final String MASKED = "masked";
  private static final String SPARED = "spared";
  private static final String PROBE = "probe";

  long time() {
    return attempts.get(attempts.size() - 1).timeEpochNanos();
  }

  boolean isUnclear() {
    return has(UNCLEAR);
  }

  boolean isTreated() {
    return has(TREATED);
  }

  boolean isControl() {
    return has(CONTROL);
  }

  /** Whether all that was to be done was left undone, for want of budget or time. */
  boolean isSkipped() {
    return attempts.stream().allMatch(attempt -> attempt.arm().equals(SKIPPED));
  }

  /**
   * One operation that was treated and failed in the end fails the episode. Those that were not say
   * nothing of what treating them does.
   */
  boolean endedWell() {
    return treated().noneMatch(attempt -> attempt.result().equals(FAILED));
  }

  /** Whether it ended well only because a failure was answered with something older. */
  boolean isMasked() {
    return endedWell() && treated().anyMatch(attempt -> attempt.result().equals(MASKED));
  }

  /** Whether all that was treated are calls that were not made. */
  boolean isSpared() {
    return treated().allMatch(attempt -> attempt.result().equals(SPARED));
  }

  /** Calls that were not made, here and in requests of which nothing else was told. */
  long spared() {
    return treated()
        .filter(attempt -> attempt.result().equals(SPARED))
        .mapToLong(attempt -> Math.max(1, attempt.tries()))
        .sum();
  }

  /** Whether what was treated, or let through to see, tells that this was right. */
  boolean tellsThatItHelps() {
    return isProbe() ? probesFailed() : isTreated() && !isSpared() && endedWell();
  }

  boolean isProbe() {
    return has(PROBE);
  }

  /** Whether calls that were let through to see have all failed as well. */
  boolean probesFailed() {
    return attempts.stream()
        .filter(attempt -> attempt.arm().equals(PROBE))
        .allMatch(attempt -> attempt.result().equals(FAILED));
  }

  /** Calls that were refused in two seconds of the window that it stands for. */
  long refused() {
    return attempts.stream().mapToLong(RemedyAttemptRow::tries).sum();
  }

  long addedNanos() {
    return attempts.stream().mapToLong(RemedyAttemptRow::addedNanos).sum();
  }

  private Stream<RemedyAttemptRow> treated() {
    return attempts.stream().filter(attempt -> attempt.arm().equals(TREATED));
  }

  private boolean has(String arm) {
    return attempts.stream().anyMatch(attempt -> attempt.arm().equals(arm));
  }
}
