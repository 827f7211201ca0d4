package dev.engram.collector.store;

/**
 * A span with what the store knows about it.
 *
 * @param arrival rises with each row the store takes; a cursor for following
 * @param exceptions how many exceptions point at it
 */
public record StoredSpan(SpanRow row, String service, long arrival, int exceptions) {}
