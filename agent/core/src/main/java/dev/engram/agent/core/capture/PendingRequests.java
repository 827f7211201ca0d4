package dev.engram.agent.core.capture;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what waits in all requests together, also where some never end: beyond {@link #LIMIT} a
 * request that waits has to give up its records for one that begins to. Thread-safe, without locks.
 */
final class PendingRequests {
  static final int LIMIT = 256;

  /** How many places are tried before one is cleared. */
  private static final int TRIES = 8;

  private final AtomicReferenceArray<@Nullable PendingRecords> places =
      new AtomicReferenceArray<>(LIMIT);
  private final AtomicInteger next = new AtomicInteger();

  void add(PendingRecords records) {
    int first = next.getAndIncrement();
    for (int i = 0; i < TRIES; i++) {
      int place = first + i & LIMIT - 1;
      records.place(place);
      if (places.get(place) == null && places.compareAndSet(place, null, records)) {
        return;
      }
    }
    int place = first & LIMIT - 1;
    records.place(place);
    PendingRecords other = places.getAndSet(place, records);
    if (other != null) {
      other.evict();
    }
  }

  void remove(PendingRecords records) {
    int place = records.place();
    if (place >= 0) {
      places.compareAndSet(place, records, null);
    }
  }
}
