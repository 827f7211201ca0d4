package dev.engram.collector.store;

/**
 * Where and when an exception escaped.
 *
 * @param spanId the span that it escaped from; 0 when that was none
 */
public record EscapedException(InstanceId instance, long spanId, long timeEpochNanos) {}
