package dev.engram.agent.core.home;

import dev.engram.agent.core.ring.Ring;
import dev.engram.agent.record.ring.ShedReason;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts records that were given up while there was no ring to count them in. Thread-safe. */
final class EarlySheds {
  private final AtomicLongArray counts = new AtomicLongArray(ShedReason.TABLE_SIZE);

  void add(ShedReason reason) {
    counts.incrementAndGet(reason.code());
  }

  /** Moves the counts into the ring's header. */
  void moveTo(Ring ring) {
    for (ShedReason reason : ShedReason.values()) {
      long records = counts.getAndSet(reason.code(), 0);
      if (records > 0) {
        ring.shed(reason, records);
      }
    }
  }
}
