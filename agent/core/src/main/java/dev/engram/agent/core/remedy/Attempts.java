package dev.engram.agent.core.remedy;

import dev.engram.agent.record.control.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one operation. Made when it begins and asked after each run, by one thread at a time.
 */
final class Attempts {
  private final long beganNanos = System.nanoTime();
  private final Waiting waiting;
  private final int dealtWithBefore;
  private final int switchedOn;
  private int failed;
  private int repetitions;
  private long waitedNanos;
  private @Nullable Remedy remedy;

  /**
   * None yet.
   *
   * @param waiting between them
   * @param dealtWith see {@link DealtWith#onThread}
   * @param switchedOn see {@link Healing#switchedOn}
   */
  Attempts(Waiting waiting, int dealtWith, int switchedOn) {
    this.waiting = waiting;
    dealtWithBefore = dealtWith;
    this.switchedOn = switchedOn;
  }

  Waiting waiting() {
    return waiting;
  }

  /** As it was when the operation began. */
  int dealtWithBefore() {
    return dealtWithBefore;
  }

  /** As it was when the operation began, too. */
  int switchedOn() {
    return switchedOn;
  }

  /** Runs that failed; of one in which the client itself has sent again, each sending. */
  int failed() {
    return failed;
  }

  /** Runs after the first. */
  int repetitions() {
    return repetitions;
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
    repetitions++;
  }
}
