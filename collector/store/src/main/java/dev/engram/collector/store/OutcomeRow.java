package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * What became of a decision, as somebody told it.
 *
 * @param target {@code decision} or {@code key}
 * @param key the correlation key that {@code targetId} is a value of; empty for a decision
 * @param targetId the decision's id as 16 hex digits, or the key's value
 * @param label {@code success}, {@code failure}, {@code partial} or {@code unknown}
 * @param value a number that goes with it; NaN when there is none
 * @param author who told it, or null
 * @param comment why, or null
 */
public record OutcomeRow(
    long position,
    long timeEpochNanos,
    String target,
    String key,
    String targetId,
    String label,
    double value,
    @Nullable String author,
    @Nullable String comment)
    implements Row {
  public OutcomeRow {
    // Negative zero is zero: a store need not tell the two apart.
    value += 0.0;
  }
}
