package dev.engram.agent.core.writer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the writer sleeps when the ring is empty: short just after there was work, so that a
 * record waits a millisecond or two under load; longer the longer nothing comes, so that an idle
 * service is woken about fifty times a second. The first record after idling pays for that: it may
 * wait for the longest pause, 20 ms. Confined to the writer thread.
 */
final class Pause {
  private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(20);

  private long nanos = SHORTEST;

  /** Sleeps unless the last turn moved something. */
  void after(int moved) {
    if (moved > 0) {
      nanos = SHORTEST;
      return;
    }
    LockSupport.parkNanos(nanos);
    nanos = Math.min(LONGEST, nanos + nanos / 4);
  }
}
