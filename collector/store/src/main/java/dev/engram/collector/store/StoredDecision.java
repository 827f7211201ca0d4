package dev.engram.collector.store;

/**
 * A decision with where it was made.
 *
 * @param arrival as in {@link StoredSpan#arrival()}
 */
public record StoredDecision(InstanceId instance, DecisionRow row, String service, long arrival) {}
