package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/** A judgement of a span, decision or trace, or the outcome of a decision. */
public record FeedbackRow(
    long position,
    long timeEpochNanos,
    String target,
    String targetId,
    @Nullable String label,
    double score,
    @Nullable String author,
    @Nullable String comment)
    implements Row {}
