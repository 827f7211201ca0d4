package dev.engram.collector.store;

import java.util.Comparator;

/**
 * An exception with its service; frames that were sent before are filled in where the store has
 * them.
 *
 * @param arrival as in {@link StoredSpan#arrival()}
 */
public record StoredException(ExceptionRow row, String service, long arrival) {
  /** By time, then by arrival. */
  public static final Comparator<StoredException> EARLIEST_FIRST =
      Comparator.comparingLong((StoredException it) -> it.row().timeEpochNanos())
          .thenComparingLong(StoredException::arrival);
}
