package dev.engram.agent.core.capture;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest throwables that were remembered, by identity and without keeping them alive. When two
 * threads report the same one at the same instant both may pass. Thread-safe, never blocks.
 */
final class SeenThrowables {
  private static final int CAPACITY = 64;
  private static final int MAX_CHAIN = 16;

  private final long maxAgeNanos;
  private final AtomicInteger next = new AtomicInteger();
  private volatile @Nullable AtomicReferenceArray<Seen> places;

  private SeenThrowables(long maxAgeNanos) {
    this.maxAgeNanos = maxAgeNanos;
  }

  /** For one trace: nothing is forgotten while the trace lasts. */
  static SeenThrowables ofTrace() {
    return new SeenThrowables(Long.MAX_VALUE);
  }

  /**
   * For what happens outside any span: some libraries throw one preallocated object again and
   * again, and each throw after a while is a new event.
   */
  static SeenThrowables outsideSpans(long maxAgeNanos) {
    return new SeenThrowables(maxAgeNanos);
  }

  /**
   * Remembers the throwable and its causes; false when it or one of its causes was there already.
   */
  boolean add(Throwable thrown, long nowNanos) {
    Throwable[] chain = chain(thrown);
    for (Throwable link : chain) {
      if (link != null && contains(link, nowNanos)) {
        return false;
      }
    }
    for (Throwable link : chain) {
      if (link != null) {
        remember(link, nowNanos);
      }
    }
    return true;
  }

  private static Throwable[] chain(Throwable thrown) {
    Throwable[] chain = new Throwable[MAX_CHAIN];
    Throwable link = thrown;
    for (int i = 0; i < MAX_CHAIN && link != null; i++) {
      chain[i] = link;
      Throwable cause = ApplicationText.cause(link);
      link = cause == link ? null : cause;
    }
    return chain;
  }

  private boolean contains(Throwable thrown, long nowNanos) {
    AtomicReferenceArray<Seen> held = places;
    for (int i = 0; held != null && i < CAPACITY; i++) {
      Seen seen = held.get(i);
      if (seen == null) {
        return false;
      }
      if (seen.refersTo(thrown) && nowNanos - seen.nanoTime <= maxAgeNanos) {
        return true;
      }
    }
    return false;
  }

  private void remember(Throwable thrown, long nowNanos) {
    AtomicReferenceArray<Seen> held = places;
    if (held == null) {
      held = new AtomicReferenceArray<>(CAPACITY);
      places = held;
    }
    held.set(Math.floorMod(next.getAndIncrement(), CAPACITY), new Seen(thrown, nowNanos));
  }

  private static final class Seen extends WeakReference<Throwable> {
    private final long nanoTime;

    Seen(Throwable thrown, long nanoTime) {
      super(thrown);
      this.nanoTime = nanoTime;
    }
  }
}
