package dev.engram.agent.record;

/**
 * The smallest end of a begun span, left when its full end did not fit, so that shedding never
 * looks like a crash.
 */
public record EndedRecord(long endEpochNanos, long spanId, long durationNanos, SpanStatus status)
    implements DecodedRecord {}
