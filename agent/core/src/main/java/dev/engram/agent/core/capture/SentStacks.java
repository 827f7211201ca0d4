package dev.engram.agent.core.capture;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which stacks were committed with their frames in the current roll, so that later ones may send
 * the hash alone. Two stacks that meet in one place push each other out, which costs a repetition
 * and nothing else. Thread-safe.
 */
final class SentStacks {
  private static final int PLACES = 4096;

  private final AtomicLongArray sent = new AtomicLongArray(PLACES);

  boolean contains(long stackHash, long roll) {
    long key = key(stackHash, roll);
    return sent.get(place(key)) == key;
  }

  /** Only after the record with the frames was committed. */
  void add(long stackHash, long roll) {
    long key = key(stackHash, roll);
    sent.set(place(key), key);
  }

  /** Bijective for a given roll; 0, which marks an empty place, is sent again each time. */
  private static long key(long stackHash, long roll) {
    return stackHash ^ (roll + 1) * 0x9e3779b97f4a7c15L;
  }

  private static int place(long key) {
    return (int) (key ^ key >>> 32) & (PLACES - 1);
  }
}
