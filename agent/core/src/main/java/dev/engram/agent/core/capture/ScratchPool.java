package dev.engram.agent.core.capture;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of scratches. A thread looks first where it looked before, so that threads seldom
 * meet; when it finds none free it gets a fresh one that is not kept. No {@code ThreadLocal}: there
 * may be a million virtual threads. Thread-safe, never blocks.
 */
final class ScratchPool {
  /** Places of the array between two scratches, so that no two share a cache line. */
  private static final int STRIDE = 16;

  private static final int MAX_LOOKS = 8;

  private final int mask;
  private final AtomicReferenceArray<@Nullable Scratch> places;

  /**
   * @param size a power of two
   */
  ScratchPool(int size) {
    mask = size - 1;
    places = new AtomicReferenceArray<>(size * STRIDE);
    for (int i = 0; i < size; i++) {
      places.set(i * STRIDE, new Scratch());
    }
  }

  /** Two for each processor, so that a preempted holder leaves one for the next thread. */
  static ScratchPool forThisMachine() {
    int wanted = Math.min(64, 2 * Runtime.getRuntime().availableProcessors());
    return new ScratchPool(Integer.highestOneBit(Math.max(4, wanted) * 2 - 1));
  }

  /** Never null; goes back with {@link #release}. */
  Scratch acquire() {
    int home = System.identityHashCode(Thread.currentThread());
    for (int i = 0; i < MAX_LOOKS; i++) {
      Scratch scratch = places.getAndSet(place(home + i), null);
      if (scratch != null) {
        return scratch;
      }
    }
    return new Scratch();
  }

  /** Puts it into the first free place; drops it where there is none. */
  void release(Scratch scratch) {
    scratch.shrink();
    int home = System.identityHashCode(Thread.currentThread());
    for (int i = 0; i < MAX_LOOKS; i++) {
      if (places.compareAndSet(place(home + i), null, scratch)) {
        return;
      }
    }
  }

  private int place(int index) {
    return (index & mask) * STRIDE;
  }
}
