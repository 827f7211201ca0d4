package dev.engram.agent.record;

import java.util.List;
import java.util.Map;

/**
 * A choice between options.
 *
 * @param confidence 0 to 1; NaN when unknown
 * @param confidenceSource {@code stated}, {@code log_probability}, {@code score}, {@code rule}, or
 *     empty
 * @param reasoning steps in order
 */
public record DecisionRecord(
    long timeEpochNanos,
    long decisionId,
    long traceIdHigh,
    long traceIdLow,
    long spanId,
    String name,
    List<String> options,
    String chosen,
    double confidence,
    String confidenceSource,
    List<String> reasoning,
    Map<String, Object> attributes)
    implements DecodedRecord {}
