package dev.engram.agent.core.home;

import dev.engram.agent.core.writer.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's time, moved at will, or without the memory to tell it. */
final class ShiftedTime implements TimeSource {
  final AtomicLong nanosAhead = new AtomicLong();
  final AtomicLong millisAhead = new AtomicLong();
  final AtomicLong failures = new AtomicLong();

  @Override
  public long nanoTime() {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new OutOfMemoryError("wanted by the test");
    }
    return System.nanoTime() + nanosAhead.get();
  }

  @Override
  public long epochMillis() {
    return System.currentTimeMillis() + millisAhead.get();
  }
}
