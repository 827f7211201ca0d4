package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.CapturedAttempt;
import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import dev.engram.agent.record.control.Remedy;
import org.jspecify.annotations.Nullable;

/** Records what was done about failures, and what could have been. Thread-safe. */
final class Told {
  private Told() {}

  /**
   * Nothing was to be done about it.
   *
   * @param span null where it belongs to none
   */
  static void undone(@Nullable OpenSpan span, String action, Prospect prospect, long fingerprint) {
    Arm arm = prospect == Prospect.UNCLEAR ? Arm.UNCLEAR : Arm.OBSERVED;
    Tracing.remedyAttempt(
        new CapturedAttempt(action, arm.label(), fingerprint, 1, Result.FAILED.label(), 0), span);
  }

  /**
   * What was done about it.
   *
   * @param span null where it belongs to none
   * @param tries how often the operation ran; of calls that were not made, how many
   * @param addedNanos what waiting added
   */
  static void done(
      @Nullable OpenSpan span, Remedy remedy, Arm arm, int tries, Result result, long addedNanos) {
    Tracing.remedyAttempt(
        new CapturedAttempt(
            remedy.action(), arm.label(), remedy.fingerprint(), tries, result.label(), addedNanos),
        span);
  }
}
