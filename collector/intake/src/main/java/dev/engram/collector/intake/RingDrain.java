package dev.engram.collector.intake;

import org.jspecify.annotations.Nullable;

/**
 * What draining a dead ring gave.
 *
 * @param records what the ring held that the queue had not: intact or malformed, stored before or
 *     now
 * @param claims the most records that can have been claimed in the bytes that were skipped
 * @param damage what is wrong with the file, or null
 */
record RingDrain(long records, long claims, @Nullable String damage) {
  static final RingDrain MISSING = new RingDrain(0, 0, "is missing");
}
