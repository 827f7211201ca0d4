package dev.engram.collector.intake;

/** Something to be done every so often. */
final class Interval {
  private final long nanos;
  private long next = System.nanoTime();

  Interval(long nanos) {
    this.nanos = nanos;
  }

  /** Whether it is time; if so, the next interval begins. Over at once the first time. */
  boolean isOver() {
    long now = System.nanoTime();
    if (now - next < 0) {
      return false;
    }
    next = now + nanos;
    return true;
  }
}
