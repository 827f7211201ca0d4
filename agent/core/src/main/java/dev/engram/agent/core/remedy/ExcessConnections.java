package dev.engram.agent.core.remedy;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has above its size once that was put back: pools keep it until it is too old. Whoever
 * takes a connection takes one out that was given back before, so that nobody is cut off, or
 * whoever gives one back does; what the pool does for it is done on its application's threads.
 * Thread-safe, without locks.
 */
final class ExcessConnections {
  /** The application may keep some for long. */
  private static final int MOST_KNOWN = 64;

  /** What was lent since there are too many, in order. */
  private final Queue<WeakReference<Object>> lent = new ConcurrentLinkedQueue<>();

  private final AtomicInteger known = new AtomicInteger();
  private final AtomicInteger tooMany = new AtomicInteger();

  /** So many there are now. */
  void are(int count) {
    tooMany.set(count);
    if (count <= 0) {
      lent.clear();
      known.set(0);
    }
  }

  /**
   * On application threads.
   *
   * @param sizing null when it is gone
   */
  void lent(Object pool, Object connection, @Nullable PoolSizing sizing) {
    if (tooMany.get() <= 0 || sizing == null) {
      return;
    }
    WeakReference<Object> oldest = lent.poll();
    if (oldest != null) {
      known.decrementAndGet();
      discard(pool, oldest, sizing);
    }
    remember(new WeakReference<>(connection));
  }

  private void discard(Object pool, WeakReference<Object> oldest, PoolSizing sizing) {
    Object connection = oldest.get();
    if (connection != null && !isDiscarded(pool, connection, sizing)) {
      remember(oldest);
    }
  }

  /**
   * One is being given back, by those whose pool tells of it.
   *
   * @param sizing null when it is gone
   * @return whether it is taken out, so that the pool does not get it
   */
  boolean givenBack(Object pool, Object connection, @Nullable PoolSizing sizing) {
    return tooMany.get() > 0 && sizing != null && isDiscarded(pool, connection, sizing);
  }

  private boolean isDiscarded(Object pool, Object connection, PoolSizing sizing) {
    if (tooMany.getAndDecrement() > 0 && sizing.discard(pool, connection)) {
      return true;
    }
    tooMany.incrementAndGet();
    return false;
  }

  private void remember(WeakReference<Object> connection) {
    if (known.incrementAndGet() <= MOST_KNOWN) {
      lent.add(connection);
    } else {
      known.decrementAndGet();
    }
  }
}
