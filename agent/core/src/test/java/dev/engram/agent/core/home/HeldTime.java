package dev.engram.agent.core.home;

import dev.engram.agent.core.writer.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved; what it says of the date is right. */
final class HeldTime implements TimeSource {
  final AtomicLong nanos = new AtomicLong();

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public long epochMillis() {
    return System.currentTimeMillis();
  }
}
