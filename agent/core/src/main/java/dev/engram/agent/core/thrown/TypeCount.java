package dev.engram.agent.core.thrown;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many throwables of one type were constructed, and which share of their stacks is taken: all
 * of the first in each beat, then a quarter, a sixteenth and so on. Holds no class. Thread-safe,
 * without locks.
 */
final class TypeCount {
  /** So many stacks are taken before the share is quartered. */
  private static final int STACKS = 8;

  private static final int QUARTER = 4;
  private static final int RAREST = 1 << 20;

  private final String name;
  private final LongAdder constructed = new LongAdder();
  private final LongAdder placeless = new LongAdder();
  private final AtomicInteger taken = new AtomicInteger();

  /** One stack in so many is taken. */
  private volatile int oneIn = 1;

  TypeCount(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * Counts one; returns how many it stands for when its stack is to be taken, else 0.
   *
   * @param hasPlace whether its stack may be taken
   */
  int add(boolean hasPlace) {
    constructed.increment();
    if (!hasPlace) {
      placeless.increment();
      return 0;
    }
    int weight = oneIn;
    return weight == 1 || ThreadLocalRandom.current().nextInt(weight) == 0 ? weight : 0;
  }

  void taken(int weight) {
    if (taken.incrementAndGet() % STACKS == 0 && oneIn == weight) {
      oneIn = Math.min(RAREST, weight * QUARTER);
    }
  }

  /** Once a second. */
  void beat() {
    if (taken.getAndSet(0) < STACKS) {
      oneIn = Math.max(1, oneIn / QUARTER);
    }
  }

  long constructed() {
    return constructed.sum();
  }

  /** Those whose stacks are never taken. */
  long placeless() {
    return placeless.sum();
  }
}
