package dev.engram.agent.core.ai;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Calls of models whose answers are streaming. One that nobody reads to its end is closed as
 * incomplete by {@link #beat()}: when its reader is gone, when its request is over and nothing came
 * for a minute, or nothing came for ten. At most {@link #LIMIT} are watched; more end as their
 * readers end them. Thread-safe, without locks.
 */
public final class OpenStreams {
  static final int LIMIT = 1024;

  /** How many places are tried before one goes unwatched. */
  private static final int TRIES = 32;

  private static final long SILENT_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long SILENT_AFTER_REQUEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final AtomicReferenceArray<@Nullable ModelCall> PLACES =
      new AtomicReferenceArray<>(LIMIT);
  private static final AtomicInteger NEXT = new AtomicInteger();

  private OpenStreams() {}

  static void add(ModelCall call) {
    int first = NEXT.getAndIncrement();
    for (int i = 0; i < TRIES; i++) {
      int place = (first + i) & (LIMIT - 1);
      ModelCall other = PLACES.get(place);
      if ((other == null || other.isOver()) && PLACES.compareAndSet(place, other, call)) {
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
      ModelCall call = PLACES.get(place);
      if (call != null && (call.isOver() || isAbandoned(call, nanoTime))) {
        PLACES.compareAndSet(place, call, null);
        call.incomplete();
      }
    }
  }

  private static boolean isAbandoned(ModelCall call, long nanoTime) {
    long silent = nanoTime - call.heard();
    return call.isReaderGone()
        || silent > SILENT_NANOS
        || (silent > SILENT_AFTER_REQUEST_NANOS && call.isRequestOver());
  }

  /** Closes all with what has come; before the sink is stopped. Never throws. */
  public static void endAll() {
    for (int place = 0; place < LIMIT; place++) {
      ModelCall call = PLACES.getAndSet(place, null);
      if (call != null) {
        call.incomplete();
      }
    }
  }
}
