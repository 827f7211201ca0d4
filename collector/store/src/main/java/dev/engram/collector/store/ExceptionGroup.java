package dev.engram.collector.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of one fingerprint, as far as the filter takes them.
 *
 * @param fingerprint never 0
 * @param type and message of the latest to arrive
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
