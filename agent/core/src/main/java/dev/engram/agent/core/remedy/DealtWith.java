package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.Thrown;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The latest exceptions that a place has dealt with, by identity and without keeping them alive: a
 * place further out must not begin again what an inner one has tried, or left alone to be compared
 * with. Not their causes, which pools share among failures. Those of a thread are counted too: what
 * is thrown in place of one may not name it as its cause. Thread-safe, never blocks.
 */
final class DealtWith {
  /** A power of two. */
  private static final int PLACES = 256;

  private static final int MOST_CAUSES = 16;

  private final AtomicReferenceArray<@Nullable WeakReference<Throwable>> latest =
      new AtomicReferenceArray<>(PLACES);
  private final AtomicInteger next = new AtomicInteger();
  private final ThreadLocal<@Nullable Integer> onThread = new ThreadLocal<>();

  /** On the thread that met it. */
  void add(Throwable thrown) {
    latest.set(next.getAndIncrement() & (PLACES - 1), new WeakReference<>(thrown));
    addAnother();
  }

  /** A failure that is no exception, on the thread that met it. */
  void addAnother() {
    onThread.set(onThread() + 1);
  }

  /** How many this thread has met: where it has risen, there was one in between. */
  int onThread() {
    Integer count = onThread.get();
    return count == null ? 0 : count;
  }

  /** Whether it, or a cause of it, is one. */
  boolean contains(Throwable thrown) {
    Throwable link = thrown;
    for (int i = 0; link != null && i < MOST_CAUSES; i++) {
      if (isOne(link)) {
        return true;
      }
      link = Thrown.cause(link);
    }
    return false;
  }

  private boolean isOne(Throwable thrown) {
    for (int i = 0; i < PLACES; i++) {
      WeakReference<Throwable> held = latest.get(i);
      if (held != null && held.refersTo(thrown)) {
        return true;
      }
    }
    return false;
  }
}
