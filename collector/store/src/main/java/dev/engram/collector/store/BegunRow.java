package dev.engram.collector.store;

import java.util.List;
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
    implements Row {

  /** The span this row makes when all that is known of its end is given here. */
  public SpanRow toSpan(InstanceId instance, long position, long durationNanos, String status) {
    return new SpanRow(
        instance,
        position,
        traceId,
        spanId,
        parentSpanId,
        kind,
        category,
        name,
        startEpochNanos,
        durationNanos,
        status,
        null,
        attributes,
        List.of(),
        true);
  }
}
