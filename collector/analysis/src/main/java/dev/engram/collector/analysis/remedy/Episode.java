package dev.engram.collector.analysis.remedy;

import dev.engram.collector.store.RemedyAttemptRow;
import java.util.List;

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
  private static final String RESOLVED = "resolved";

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
   * One operation that was run again and failed in the end fails the episode. Those that were not
   * say nothing of what running them again does.
   */
  boolean endedWell() {
    return attempts.stream()
        .filter(attempt -> attempt.arm().equals(TREATED))
        .allMatch(attempt -> attempt.result().equals(RESOLVED));
  }

  long addedNanos() {
    return attempts.stream().mapToLong(RemedyAttemptRow::addedNanos).sum();
  }

  private boolean has(String arm) {
    return attempts.stream().anyMatch(attempt -> attempt.arm().equals(arm));
  }
}
