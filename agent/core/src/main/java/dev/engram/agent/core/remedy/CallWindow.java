package dev.engram.agent.core.remedy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A while in which calls of a service begin, and what became of those that ended in it, whenever
 * they began. Thread-safe, never blocks.
 */
final class CallWindow {
  /** Calls refused in a second that are more than an accident. */
  static final int REFUSED = 5;

  /** Of the calls that began before, this part may last for long, rounded. */
  private static final int TENTH = 10;

  private final AtomicInteger underWay = new AtomicInteger();
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder waitedNanos = new LongAdder();

  /** Those that began in the window before, and how many of them may be left. */
  private final AtomicInteger before;

  private final int leftOver;

  /** Of whoever asks, which is one thread. */
  private long since;

  private CallWindow(long nanoTime, AtomicInteger before) {
    this.before = before;
    this.leftOver = (before.get() + TENTH / 2) / TENTH;
    this.since = nanoTime;
  }

  /**
   * The first, with nothing under way.
   *
   * @param nanoTime now
   */
  CallWindow(long nanoTime) {
    this(nanoTime, new AtomicInteger());
  }

  /** The next one, which begins as this one ends. */
  CallWindow next(long nanoTime) {
    return new CallWindow(nanoTime, underWay);
  }

  /**
   * What ended in a while.
   *
   * @param nanos how long it was
   * @param refused because the other service has too much to do
   * @param waitedNanos for a place, all of them together
   */
  record Counts(long nanos, long answered, long refused, long waitedNanos) {
    /** On average. */
    long waitedNanosEach() {
      return waitedNanos / Math.max(1, answered + refused);
    }

    /** Whether more are refused than by accident. */
    boolean isOverload() {
      return refused * TimeUnit.SECONDS.toNanos(1) >= REFUSED * nanos;
    }

    /** As many as would have been in a while of that length. */
    int refusedIn(long otherNanos) {
      return (int) Math.min(refused * otherNanos / Math.max(1, nanos), Integer.MAX_VALUE);
    }
  }

  void begun() {
    underWay.incrementAndGet();
  }

  /** One that began in it has ended, in whichever window. */
  void left() {
    underWay.decrementAndGet();
  }

  /** Calls that began in it. */
  int underWay() {
    return underWay.get();
  }

  /** Whether what ends now tells of it: nine of ten calls that began before have ended. */
  boolean isSettled() {
    return before.get() <= leftOver;
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
