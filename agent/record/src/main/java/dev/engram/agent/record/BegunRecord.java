package dev.engram.agent.record;

import java.util.Map;

/**
 * A note on entry of a SERVER span, AI call, workflow run or node; joined with its end by the
 * collector, kept as interrupted when the process died first.
 *
 * @param startEpochNanos when the span began
 * @param parentSpanId 0 for none
 * @param attributes what was known on entry; values are String, Long, Double or Boolean
 */
public record BegunRecord(
    long startEpochNanos,
    long traceIdHigh,
    long traceIdLow,
    long spanId,
    long parentSpanId,
    SpanKind kind,
    Category category,
    String name,
    Map<String, Object> attributes)
    implements DecodedRecord {}
