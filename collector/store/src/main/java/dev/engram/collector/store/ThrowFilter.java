package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which counts of throwables. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive, of the end of a period
 * @param untilEpochNanos exclusive
 */
public record ThrowFilter(long sinceEpochNanos, long untilEpochNanos, @Nullable String service) {}
