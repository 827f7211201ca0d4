package dev.engram.collector.store;

/**
 * A judgement, with the service that gave it.
 *
 * @param arrival as in {@link StoredSpan#arrival()}
 */
public record StoredFeedback(FeedbackRow row, String service, long arrival) {}
