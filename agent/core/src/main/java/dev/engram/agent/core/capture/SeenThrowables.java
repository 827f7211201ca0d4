package dev.engram.agent.core.capture;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest throwables that were remembered, by identity and without keeping them alive. When two
 * threads report the same one at the same instant both may pass. Thread-safe, never blocks.
 */
final class SeenThrowables {
  /** Places of one bucket. */
  private static final int CAPACITY = 64;

  private static final int BUCKETS = 16;
  private static final int MAX_CHAIN = 16;

  private final long maxAgeNanos;

  /** A power of two. */
  private final int buckets;

  private final AtomicInteger next = new AtomicInteger();
  private volatile @Nullable AtomicReferenceArray<Seen> places;

  private SeenThrowables(long maxAgeNanos, int buckets) {
    this.maxAgeNanos = maxAgeNanos;
    this.buckets = buckets;
  }

  /** For one trace: nothing is forgotten while the trace lasts. */
  static SeenThrowables ofTrace() {
    return new SeenThrowables(Long.MAX_VALUE, 1);
  }

  /**
   * For the whole service: some libraries throw one preallocated object again and again, and each
   * throw after a while is a new event.
   */
  static SeenThrowables ofService(long maxAgeNanos) {
    return new SeenThrowables(maxAgeNanos, BUCKETS);
  }

  /**
   * Remembers the throwable and its causes; false when it or one of its causes was there already.
   */
  boolean add(Throwable thrown, long nowNanos) {
    return add(chain(thrown), nowNanos);
  }

  /** The same for a {@link #chain}. */
  boolean add(List<Throwable> chain, long nowNanos) {
    if (containsAny(chain, nowNanos)) {
      return false;
    }
    chain.forEach(link -> remember(link, nowNanos));
    return true;
  }

  /** Whether one of a {@link #chain} is there. */
  boolean containsAny(List<Throwable> chain, long nowNanos) {
    return chain.stream().anyMatch(link -> contains(link, nowNanos));
  }

  /** A throwable and its causes, the first of very many. */
  static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>(2);
    Throwable link = thrown;
    while (link != null && chain.size() < MAX_CHAIN) {
      chain.add(link);
      link = Thrown.cause(link);
    }
    return chain;
  }

  private boolean contains(Throwable thrown, long nowNanos) {
    AtomicReferenceArray<Seen> held = places;
    int first = bucketOf(thrown);
    for (int i = first; held != null && i < first + CAPACITY; i++) {
      Seen seen = held.get(i);
      if (seen != null && seen.refersTo(thrown) && nowNanos - seen.nanoTime <= maxAgeNanos) {
        return true;
      }
    }
    return false;
  }

  private void remember(Throwable thrown, long nowNanos) {
    AtomicReferenceArray<Seen> held = places;
    if (held == null) {
      held = new AtomicReferenceArray<>(CAPACITY * buckets);
      places = held;
    }
    int place = bucketOf(thrown) + Math.floorMod(next.getAndIncrement(), CAPACITY);
    held.set(place, new Seen(thrown, nowNanos));
  }

  /** The first of its places. */
  private int bucketOf(Throwable thrown) {
    return (System.identityHashCode(thrown) & (buckets - 1)) * CAPACITY;
  }

  private static final class Seen extends WeakReference<Throwable> {
    private final long nanoTime;

    Seen(Throwable thrown, long nanoTime) {
      super(thrown);
      this.nanoTime = nanoTime;
    }
  }
}
