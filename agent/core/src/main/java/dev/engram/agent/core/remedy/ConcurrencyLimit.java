package dev.engram.agent.core.remedy;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How many calls of another service are under way at once: each takes a place. As many answers as
 * there are places make one place more, a refusal leaves three quarters of them (additive increase,
 * multiplicative decrease). Who finds no place may wait for one, in turn and for a bounded time,
 * and may go ahead without. Thread-safe, without locks; nobody waits but in {@link #await}.
 */
final class ConcurrencyLimit {
  static final int LEAST = 1;
  static final int MOST = 10_000;

  /** Who would wait beside so many goes ahead. */
  static final int MOST_WAITING = 1_000;

  private static final int THOUSAND = 1_000;
  private static final int KEPT_QUARTERS = 3;
  private static final int QUARTERS = 4;

  /** Of a place, so that a part of one is not lost. */
  private final AtomicInteger thousandths;

  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ConcurrentLinkedQueue<Turn> turns = new ConcurrentLinkedQueue<>();

  /** When the limit was lowered last, by {@code nanoTime}. */
  private final AtomicLong lowered = new AtomicLong(System.nanoTime());

  private volatile boolean closed;

  /** Of one that waits; set once it has a place, or waits no longer. */
  private static final class Turn extends AtomicBoolean {
    private static final long serialVersionUID = 1;

    private final transient Thread thread = Thread.currentThread();

    private boolean settle() {
      return compareAndSet(false, true);
    }
  }

  /**
   * With nobody under way.
   *
   * @param first places, of which there are at least {@link #LEAST} and at most {@link #MOST}
   */
  ConcurrencyLimit(int first) {
    thousandths = new AtomicInteger(THOUSAND * Math.max(LEAST, Math.min(first, MOST)));
  }

  /** Places now. */
  int limit() {
    return thousandths.get() / THOUSAND;
  }

  /** Calls now, those without a place among them. */
  int underWay() {
    return underWay.get();
  }

  /** Whether there was a place, and nobody waited for it before. {@link #leave} must follow. */
  boolean take() {
    return turns.isEmpty() && takePlace();
  }

  /**
   * Waits for a place until there is one, the time is over, the thread is interrupted, or the limit
   * is given up. An interrupt stays with the thread.
   *
   * @return whether it has one; then {@link #leave} must follow
   */
  boolean await(long longestNanos) {
    try {
      if (waiting.incrementAndGet() > MOST_WAITING) {
        return false;
      }
      Turn turn = new Turn();
      turns.add(turn);
      serve();
      return comes(turn, longestNanos);
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Goes ahead without a place; {@link #leave} must follow. */
  void goAhead() {
    underWay.incrementAndGet();
  }

  /** One that was under way has ended. */
  void leave() {
    underWay.decrementAndGet();
    serve();
  }

  /** One that had a place was answered. Where half of the places are empty no more are needed. */
  void answered() {
    int before;
    int after;
    do {
      before = thousandths.get();
      if (2L * underWay.get() * THOUSAND < before) {
        return;
      }
      after = Math.min(before + Math.max(1, THOUSAND * THOUSAND / before), THOUSAND * MOST);
    } while (!thousandths.compareAndSet(before, after));
  }

  /**
   * One that had a place was refused. Of those that were under way together only the first counts:
   * the others say nothing of the limit since.
   *
   * @param began when it was sent, by {@code nanoTime}
   */
  void refused(long began) {
    long before = lowered.get();
    if (began - before >= 0 && lowered.compareAndSet(before, System.nanoTime())) {
      thousandths.updateAndGet(all -> Math.max(LEAST * THOUSAND, all / QUARTERS * KEPT_QUARTERS));
    }
  }

  /** Whoever waits goes ahead, and nobody waits any more. */
  void close() {
    closed = true;
    turns.forEach(turn -> LockSupport.unpark(turn.thread));
  }

  boolean isClosed() {
    return closed;
  }

  private boolean comes(Turn turn, long longestNanos) {
    long until = System.nanoTime() + longestNanos;
    long left = longestNanos;
    while (!turn.get() && !closed && left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, left);
      left = until - System.nanoTime();
    }
    if (turn.settle()) {
      turns.remove(turn);
      return false;
    }
    return true;
  }

  /**
   * Gives places to those who wait. One that is taken for somebody who is gone meanwhile is given
   * back before it is looked again, so that nobody who came in between is overlooked.
   */
  private void serve() {
    while (!turns.isEmpty() && takePlace()) {
      Turn next = turns.poll();
      if (next != null && next.settle()) {
        LockSupport.unpark(next.thread);
      } else {
        underWay.decrementAndGet();
      }
    }
  }

  private boolean takePlace() {
    int now = underWay.get();
    while (now < limit()) {
      if (underWay.compareAndSet(now, now + 1)) {
        return true;
      }
      now = underWay.get();
    }
    return false;
  }
}
