package dev.engram.collector.store;

/**
 * An exception with its service; frames that were sent before are filled in where the store has
 * them.
 *
 * @param arrival as in {@link StoredSpan#arrival()}
 */
public record StoredException(ExceptionRow row, String service, long arrival) {}
