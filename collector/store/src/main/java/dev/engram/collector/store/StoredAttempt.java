package dev.engram.collector.store;

/**
 * An attempt of a remedy with where it was made.
 *
 * @param version of the service
 * @param arrival as in {@link StoredSpan#arrival()}
 */
public record StoredAttempt(RemedyAttemptRow row, String service, String version, long arrival) {}
