package dev.engram.agent.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One finished operation.
 *
 * @param startEpochNanos when it began
 * @param parentSpanId 0 for none
 * @param begun whether a begun record went before it, which the collector then joins
 * @param statusDescription why the status is ERROR, when known
 * @param attributes OpenTelemetry names; values are String, Long, Double or Boolean
 * @param droppedAttributes how many did not fit the limits
 */
public record SpanRecord(
    long startEpochNanos,
    long traceIdHigh,
    long traceIdLow,
    long spanId,
    long parentSpanId,
    SpanKind kind,
    Category category,
    boolean begun,
    String name,
    long durationNanos,
    SpanStatus status,
    @Nullable String statusDescription,
    Map<String, Object> attributes,
    List<Payload> payloads,
    int droppedAttributes)
    implements DecodedRecord {}
