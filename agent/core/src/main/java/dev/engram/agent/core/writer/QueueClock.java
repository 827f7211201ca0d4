package dev.engram.agent.core.writer;

import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;

/**
 * The time as the queue is told it: it stands still until the writer rolls, then moves on by one
 * cycle. So the writer alone decides when a new file begins, by age or by size, and no jump of the
 * wall clock can stop or start a roll. File names begin at the true time and run ahead of it when
 * files roll by size.
 */
final class QueueClock implements TimeProvider {
  private final int cycleMillis;
  private volatile long millis;
  private volatile long rolls;

  QueueClock(RollCycle rollCycle, long startEpochMillis) {
    cycleMillis = rollCycle.lengthInMillis();
    millis = startEpochMillis;
  }

  /** Only on the writer thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // has one writer
  void roll() {
    millis += cycleMillis;
    rolls++;
  }

  /** How often it rolled. Any thread. */
  long rolls() {
    return rolls;
  }

  @Override
  public long currentTimeMillis() {
    return millis;
  }
}
