package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which readings are summed up. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive
 * @param untilEpochNanos exclusive
 * @param limit most metrics to return; 0 for no limit
 */
public record MetricFilter(
    long sinceEpochNanos, long untilEpochNanos, @Nullable String service, int limit) {}
