package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/** A judgement of a span, decision, trace or conversation, or of what a key of somebody names. */
public record FeedbackRow(
    long position,
    long timeEpochNanos,
    String target,
    String targetId,
    @Nullable String label,
    double score,
    @Nullable String author,
    @Nullable String comment)
    implements Row {
  public FeedbackRow {
    // Negative zero is zero: a store need not tell the two apart.
    score += 0.0;
  }
}
