package dev.engram.collector.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation.
 *
 * @param kind OpenTelemetry's span kind, upper case
 * @param category lower case: http, sql, ai, ...
 * @param durationNanos -1 when it was interrupted
 * @param status {@code unset}, {@code ok}, {@code error} or {@code interrupted}
 * @param attributes OpenTelemetry names; values are String, Long, Double or Boolean
 */
public record SpanRow(
    InstanceId instance,
    long position,
    TraceId traceId,
    long spanId,
    long parentSpanId,
    String kind,
    String category,
    String name,
    long startEpochNanos,
    long durationNanos,
    String status,
    @Nullable String statusDescription,
    Map<String, Object> attributes,
    List<PayloadReference> payloads,
    boolean begun)
    implements Row {
  /** Whether a statement of SQL was executed, whose text is known. */
  public boolean isExecution() {
    return category.equals("sql") && attributes.get("db.query.text") instanceof String;
  }

  /** The same without its payloads. */
  public SpanRow withoutPayloads() {
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
        statusDescription,
        attributes,
        List.of(),
        begun);
  }
}
