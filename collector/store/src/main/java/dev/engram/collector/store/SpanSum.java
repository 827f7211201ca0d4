package dev.engram.collector.store;

/**
 * What the spans of one service and name, or with one {@code db.query.text}, came to.
 *
 * @param name the name or the text
 * @param count all that have ended or were interrupted
 * @param errors those with status {@code error}
 * @param lastEpochNanos when the last one began
 * @param durations of those that have one; a store that keeps sums may know them within half a
 *     percent, and the shortest and the longest exactly
 */
public record SpanSum(
    String service,
    String name,
    long count,
    long errors,
    long lastEpochNanos,
    Durations durations) {
  /** By what spans are summed up. */
  public enum By {
    /** Spans of kind {@code SERVER} by their name. */
    REQUEST,
    /** Spans that have a duration and a {@code db.query.text}, by that. */
    STATEMENT
  }
}
