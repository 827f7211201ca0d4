package dev.engram.collector.store;

/**
 * A span with what the store knows about it.
 *
 * @param service of the span's instance
 * @param arrival from 1, rises with each row the store takes, of whatever kind and instance; a
 *     cursor for following. A span in progress has the arrival of its begun row and gets a new one
 *     when it ends
 * @param exceptions how many exceptions of the same instance point at it; for a span of kind {@code
 *     SERVER} that is in a trace, at any span of that trace
 */
public record StoredSpan(SpanRow row, String service, long arrival, int exceptions) {}
