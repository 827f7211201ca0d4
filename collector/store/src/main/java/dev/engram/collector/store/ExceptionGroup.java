package dev.engram.collector.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of one fingerprint.
 *
 * @param type and message of the latest one
 * @param services in alphabetical order
 */
public record ExceptionGroup(
    long fingerprint,
    String type,
    @Nullable String message,
    long count,
    long firstSeenEpochNanos,
    long lastSeenEpochNanos,
    List<String> services) {}
