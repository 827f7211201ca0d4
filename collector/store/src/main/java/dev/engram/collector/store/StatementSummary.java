package dev.engram.collector.store;

/**
 * How one SQL statement behaved.
 *
 * @param text {@code db.query.text}
 * @param maxSpanId the span of the slowest one
 */
public record StatementSummary(
    String service,
    String system,
    String text,
    long count,
    long errors,
    long totalNanos,
    long maxNanos,
    long p50Nanos,
    long p95Nanos,
    TraceId maxTraceId,
    long maxSpanId) {}
