package dev.engram.agent.core.context;

import java.util.concurrent.ThreadLocalRandom;

/** Random ids, from a generator of each thread's own. Thread-safe. */
public final class RandomIds {
  private RandomIds() {}

  /** Random 64 bits; never 0, which W3C reserves for no id. */
  public static long next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long id;
    do {
      id = random.nextLong();
    } while (id == 0);
    return id;
  }
}
