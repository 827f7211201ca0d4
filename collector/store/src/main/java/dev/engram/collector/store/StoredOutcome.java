package dev.engram.collector.store;

/**
 * An outcome that was told, with the service that told it.
 *
 * @param arrival as in {@link StoredSpan#arrival()}
 */
public record StoredOutcome(OutcomeRow row, String service, long arrival) {}
