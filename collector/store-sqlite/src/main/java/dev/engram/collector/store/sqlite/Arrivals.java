package dev.engram.collector.store.sqlite;

/**
 * A range of arrivals.
 *
 * @param from inclusive
 * @param until exclusive
 */
record Arrivals(long from, long until) {
  /** Rows of so many arrivals are summed up together. */
  static final int BLOCK_BITS = 13;

  /** So many blocks are one of the next level. */
  static final int FAN_BITS = 3;

  static final int FAN = 1 << FAN_BITS;

  /** Those of the blocks from this one on, before that one. */
  static Arrivals ofBlocks(long from, long until) {
    return new Arrivals(from << BLOCK_BITS, until << BLOCK_BITS);
  }

  /** How many blocks are complete when this arrival is the next. */
  static long blocksBefore(long nextArrival) {
    return nextArrival >> BLOCK_BITS;
  }
}
