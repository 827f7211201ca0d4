package dev.engram.agent.core.ai;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Streams that are being read: answers of models, ways through graphs. One that nobody reads to its
 * end is closed by {@link #beat()}. At most {@link #LIMIT} are watched; more end as their readers
 * end them. Thread-safe, without locks.
 */
public final class OpenStreams {
  static final int LIMIT = 1024;

  /** How many places are tried before one goes unwatched. */
  private static final int TRIES = 32;

  private static final AtomicReferenceArray<@Nullable OpenStream> PLACES =
      new AtomicReferenceArray<>(LIMIT);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private OpenStreams() {}

  public static void add(OpenStream stream) {
    int first = NEXT.getAndIncrement();
    for (int i = 0; i < TRIES; i++) {
      int place = (first + i) & (LIMIT - 1);
      OpenStream other = PLACES.get(place);
      if ((other == null || other.isOver()) && PLACES.compareAndSet(place, other, stream)) {
        return;
      }
    }
  }

  /** Called about once a second, by a thread that may write records. Never throws. */
  public static void beat() {
    beat(System.nanoTime());
  }

  static void beat(long nanoTime) {
    for (int place = 0; place < LIMIT; place++) {
      OpenStream stream = PLACES.get(place);
      if (stream != null && (stream.isOver() || stream.isAbandoned(nanoTime))) {
        PLACES.compareAndSet(place, stream, null);
        stream.abandoned();
      }
    }
  }

  /** The service ends; before the sink is stopped. Never throws. */
  public static void endAll() {
    for (int place = 0; place < LIMIT; place++) {
      OpenStream stream = PLACES.getAndSet(place, null);
      if (stream != null) {
        stream.stopped();
      }
    }
  }
}
