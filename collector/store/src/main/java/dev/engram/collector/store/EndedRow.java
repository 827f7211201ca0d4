package dev.engram.collector.store;

/**
 * The smallest end of a begun span: with its begun row it becomes a span. Without one it is
 * rejected.
 */
public record EndedRow(
    long position, long spanId, long endEpochNanos, long durationNanos, String status)
    implements Row {}
