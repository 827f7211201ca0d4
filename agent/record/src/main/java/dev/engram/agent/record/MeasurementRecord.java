package dev.engram.agent.record;

import java.util.Map;

/**
 * A reading of JVM or pool.
 *
 * @param name the OpenTelemetry metric name
 * @param unit UCUM, as OpenTelemetry uses it
 */
public record MeasurementRecord(
    long timeEpochNanos, String name, String unit, double value, Map<String, Object> attributes)
    implements DecodedRecord {}
