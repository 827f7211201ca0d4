package dev.engram.collector.store;

import java.util.Map;

/** A span that has begun; waits for its end. */
public record BegunRow(
    long position,
    TraceId traceId,
    long spanId,
    long parentSpanId,
    String kind,
    String category,
    String name,
    long startEpochNanos,
    Map<String, Object> attributes)
    implements Row {}
