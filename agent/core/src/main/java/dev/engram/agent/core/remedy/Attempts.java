package dev.engram.agent.core.remedy;

import dev.engram.agent.record.control.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one operation. Made when it begins and asked after each run; confined to the thread
 * that runs it.
 */
final class Attempts {
  private final long beganNanos = System.nanoTime();
  private final int dealtWithBefore;
  private int failed;
  private long waitedNanos;
  private @Nullable Remedy remedy;

  /**
   * None yet.
   *
   * @param dealtWith see {@link DealtWith#onThread}
   */
  Attempts(int dealtWith) {
    dealtWithBefore = dealtWith;
  }

  /** As it was when the operation began. */
  int dealtWithBefore() {
    return dealtWithBefore;
  }

  /** Runs that failed. */
  int failed() {
    return failed;
  }

  /** Since the first run began. */
  long elapsedNanos() {
    return System.nanoTime() - beganNanos;
  }

  /** What waiting added so far. */
  long waitedNanos() {
    return waitedNanos;
  }

  /** By which it was run again; null as long as it was not. */
  @Nullable Remedy remedy() {
    return remedy;
  }

  void countFailure() {
    failed++;
  }

  void waited(long nanos) {
    waitedNanos += nanos;
  }

  void runsAgain(Remedy by) {
    remedy = by;
  }
}
