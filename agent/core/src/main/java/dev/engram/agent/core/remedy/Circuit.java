package dev.engram.agent.core.remedy;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
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

  private static final State CLOSED = new State(0, 0, 0, 0);

  private final AtomicReference<State> state = new AtomicReference<>(CLOSED);

  /**
   * All times by {@code nanoTime}.
   *
   * @param failures in a row, as long as it is closed
   * @param since the first of them
   * @param open how long nothing is let through; 0 where it is closed
   * @param until when a call is let through
   */
  private record State(int failures, long since, long open, long until) {}

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
              ? new State(failures, since, FIRST_NANOS, nanoTime + FIRST_NANOS)
              : new State(failures, since, 0, 0);
    } while (!state.compareAndSet(before, after));
    return after.open > 0;
  }

  /** Whether this call is let through to see; the next one is in as long again. */
  boolean probes(long nanoTime) {
    State before = state();
    return before.open > 0
        && nanoTime - before.until >= 0
        && state.compareAndSet(
            before, new State(before.failures, before.since, before.open, nanoTime + before.open));
  }

  /** What was let through to see has failed. */
  void probeFailed(long nanoTime) {
    State before = state();
    if (before.open > 0) {
      long open = Math.min(2 * before.open, LONGEST_NANOS);
      // Lost when another thread is quicker: the next one is let through earlier.
      state.compareAndSet(before, new State(before.failures, before.since, open, nanoTime + open));
    }
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }
}
