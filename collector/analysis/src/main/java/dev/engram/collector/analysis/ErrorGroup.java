package dev.engram.collector.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of one fingerprint, as people look at them.
 *
 * @param label the id users type, see {@link ErrorLabel}
 * @param type of the latest exception
 * @param message of the latest exception
 * @param services in alphabetical order
 * @param trend how many fell into each of equally long parts of the time asked about, oldest first
 */
public record ErrorGroup(
    String label,
    long fingerprint,
    String type,
    @Nullable String message,
    long count,
    long firstSeenEpochNanos,
    long lastSeenEpochNanos,
    List<String> services,
    List<Long> trend) {}
