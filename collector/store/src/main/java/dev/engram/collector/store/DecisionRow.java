package dev.engram.collector.store;

import java.util.List;
import java.util.Map;

/** A choice between options. */
public record DecisionRow(
    long position,
    long timeEpochNanos,
    long decisionId,
    TraceId traceId,
    long spanId,
    String name,
    List<String> options,
    String chosen,
    double confidence,
    String confidenceSource,
    List<String> reasoning,
    Map<String, Object> attributes)
    implements Row {
  public DecisionRow {
    // Negative zero is zero: a store need not tell the two apart.
    confidence += 0.0;
  }
}
