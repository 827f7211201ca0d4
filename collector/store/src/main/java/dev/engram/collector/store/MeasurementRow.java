package dev.engram.collector.store;

import java.util.Map;

/** A reading of JVM or pool. */
public record MeasurementRow(
    long position,
    long timeEpochNanos,
    String name,
    String unit,
    double value,
    Map<String, Object> attributes)
    implements Row {}
