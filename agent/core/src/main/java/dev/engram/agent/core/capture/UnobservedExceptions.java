package dev.engram.agent.core.capture;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that futures keep and nobody has asked for yet: whoever asks takes them out, and
 * what is left after a while has escaped. Bounded by {@link #LIMIT} and {@link #MAX_BYTES}.
 * Thread-safe, without locks.
 */
final class UnobservedExceptions {
  static final int LIMIT = 256;
  static final int MAX_BYTES = 2 << 20;

  /** How long somebody may take to ask. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final AtomicReferenceArray<@Nullable UnobservedException> places =
      new AtomicReferenceArray<>(LIMIT);
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger bytes = new AtomicInteger();

  boolean isEmpty() {
    return count.get() == 0;
  }

  /** Whether it waits now; false when there is no room. */
  boolean add(UnobservedException it) {
    count.incrementAndGet();
    if (bytes.addAndGet(it.record().length) <= MAX_BYTES) {
      for (int place = 0; place < LIMIT; place++) {
        if (places.get(place) == null && places.compareAndSet(place, null, it)) {
          return true;
        }
      }
    }
    forget(it);
    return false;
  }

  /** Whether one with a throwable of this chain waits. */
  boolean containsAny(List<Throwable> chain) {
    for (int place = 0; place < LIMIT && !isEmpty(); place++) {
      UnobservedException it = places.get(place);
      if (it != null && it.sharesAny(chain)) {
        return true;
      }
    }
    return false;
  }

  /** Takes those out that have a throwable of this chain. */
  void removeAny(List<Throwable> chain) {
    for (int place = 0; place < LIMIT; place++) {
      UnobservedException it = places.get(place);
      if (it != null && it.sharesAny(chain)) {
        take(place, it);
      }
    }
  }

  /**
   * Takes those out that were thrown before.
   *
   * @param nanoTime of the clock
   * @param taker is given each
   */
  void takeBefore(long nanoTime, Consumer<UnobservedException> taker) {
    for (int place = 0; place < LIMIT && !isEmpty(); place++) {
      UnobservedException it = places.get(place);
      if (it != null && it.nanoTime() - nanoTime < 0 && take(place, it)) {
        taker.accept(it);
      }
    }
  }

  private boolean take(int place, UnobservedException it) {
    boolean taken = places.compareAndSet(place, it, null);
    if (taken) {
      forget(it);
    }
    return taken;
  }

  private void forget(UnobservedException it) {
    bytes.addAndGet(-it.record().length);
    count.decrementAndGet();
  }
}
