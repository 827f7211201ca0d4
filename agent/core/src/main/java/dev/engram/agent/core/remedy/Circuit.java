package dev.engram.agent.core.remedy;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether another service answers nothing but failures. It opens after so many in a row, over some
 * seconds; one answer that is none closes it. While it is open one call in a while is let through
 * to see: at first after a second, then after twice as long each time, at most after ten.
 * Thread-safe, never blocks.
 */
final class Circuit {
  static final int FAILURES = 10;
  static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(5);
  static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Of calls that are not made, at most one in so long is told: there may be thousands. */
  static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final State CLOSED = new State(0, 0, 0, 0, 0);

  private final AtomicReference<State> state = new AtomicReference<>(CLOSED);

  /** Calls that were not made, and of which nothing was told. */
  private final AtomicInteger untold = new AtomicInteger();

  /**
   * All times by {@code nanoTime}.
   *
   * @param failures in a row, as long as it is closed
   * @param since the first of them
   * @param open how long nothing is let through; 0 where it is closed
   * @param until when a call is let through
   * @param quiet until when nothing is told of calls that are not made
   */
  private record State(int failures, long since, long open, long until, long quiet) {}

  boolean isOpen() {
    return state().open > 0;
  }

  /** An answer that is no failure; whether it has closed it. */
  boolean answered() {
    return state.get() != CLOSED && state.getAndSet(CLOSED).open > 0;
  }

  /** A failure; whether it has opened by it. */
  boolean failed(long nanoTime) {
    State before;
    State after;
    do {
      before = state();
      if (before.open > 0) {
        return false;
      }
      int failures = Math.min(before.failures + 1, FAILURES);
      long since = before.failures == 0 ? nanoTime : before.since;
      boolean opens = failures == FAILURES && nanoTime - since >= LASTING_NANOS;
      after =
          opens
              ? new State(failures, since, FIRST_NANOS, nanoTime + FIRST_NANOS, nanoTime)
              : new State(failures, since, 0, 0, 0);
    } while (!state.compareAndSet(before, after));
    return after.open > 0;
  }

  /**
   * Whether this call is let through to see. The next one is in twice as long, whatever becomes of
   * this one and whenever: a service that hangs is asked no more often than one that refuses.
   */
  boolean probes(long nanoTime) {
    State before = state();
    if (before.open == 0 || nanoTime - before.until < 0) {
      return false;
    }
    long open = Math.min(2 * before.open, LONGEST_NANOS);
    return state.compareAndSet(
        before, new State(before.failures, before.since, open, nanoTime + open, before.quiet));
  }

  /**
   * A call was not made.
   *
   * @return how many were not since the last time that this was told; 0 where it is not told now
   */
  int spared(long nanoTime) {
    untold.incrementAndGet();
    State before = state();
    boolean tells =
        before.open > 0
            && nanoTime - before.quiet >= 0
            && state.compareAndSet(
                before,
                new State(
                    before.failures,
                    before.since,
                    before.open,
                    before.until,
                    nanoTime + TOLD_NANOS));
    return tells ? untold() : 0;
  }

  /** How many were not made of which nothing was told; they are told now. */
  int untold() {
    return untold.getAndSet(0);
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }
}
