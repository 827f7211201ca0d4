package dev.engram.agent.core.context;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids that begin with the second they were made in and are random from there on: what was recorded
 * together lies together in the store's indexes. Thread-safe.
 */
public final class RisingIds {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int SPAN_RANDOM_BITS = 40;

  private RisingIds() {}

  /** Of a trace that begins now: the seconds since 1970, then 32 random bits. */
  public static long traceIdHigh(long epochNanos) {
    return epochNanos / NANOS_PER_SECOND << Integer.SIZE | random(Integer.SIZE);
  }

  /** Random as W3C wants it of this half; never 0. */
  public static long traceIdLow() {
    return random(Long.SIZE);
  }

  /** The low 24 bits of the seconds since 1970, then 40 random bits; never 0. */
  public static long spanId(long epochNanos) {
    long seconds = epochNanos / NANOS_PER_SECOND;
    return seconds << SPAN_RANDOM_BITS | random(SPAN_RANDOM_BITS);
  }

  /** So many random bits, not all of them 0, which W3C reserves for no id. */
  private static long random(int bits) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long id;
    do {
      id = random.nextLong() >>> Long.SIZE - bits;
    } while (id == 0);
    return id;
  }
}
