package dev.engram.agent.core.remedy;

import java.util.concurrent.atomic.LongAdder;

/** What became of the calls of a while that began and ended in it. Thread-safe, never blocks. */
final class CallWindow {
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();

  /** Of whoever asks, which is one thread. */
  private long since;

  /**
   * One that begins.
   *
   * @param nanoTime now
   */
  CallWindow(long nanoTime) {
    since = nanoTime;
  }

  /**
   * Of a while.
   *
   * @param nanos how long it was
   * @param refused because the other service has too much to do
   * @param waitedNanos for a place, all of them together
   */
  record Counts(long nanos, long answered, long refused, long waitedNanos) {
    long ended() {
      return answered + refused;
    }

    /** On average. */
    long waitedNanosEach() {
      return ended() == 0 ? 0 : waitedNanos / ended();
    }
  }

  void answered() {
    answered.increment();
  }

  void refused() {
    refused.increment();
  }

  void waited(long nanos) {
    waitedNanos.add(nanos);
  }

  /** Those since this was asked last, or since it began. */
  Counts take(long nanoTime) {
    long nanos = nanoTime - since;
    since = nanoTime;
    return new Counts(
        nanos, answered.sumThenReset(), refused.sumThenReset(), waitedNanos.sumThenReset());
  }
}
