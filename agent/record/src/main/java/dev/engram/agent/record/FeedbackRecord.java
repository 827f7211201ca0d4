package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/**
 * A judgement of a span, decision or trace, or the outcome of a decision.
 *
 * @param target what {@code targetId} names: {@code trace}, {@code span}, {@code decision}, {@code
 *     conversation}, {@code key}
 * @param score NaN when there is none
 * @param author who gave it, or null
 * @param comment why, or null
 */
public record FeedbackRecord(
    long timeEpochNanos,
    String target,
    String targetId,
    @Nullable String label,
    double score,
    @Nullable String author,
    @Nullable String comment)
    implements DecodedRecord {}
