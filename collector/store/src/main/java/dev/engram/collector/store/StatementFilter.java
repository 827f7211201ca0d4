package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which executions of statements are summed up. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive
 * @param untilEpochNanos exclusive
 * @param minDurationNanos of one execution, inclusive
 * @param limit most statements to return; 0 for no limit
 */
public record StatementFilter(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    long minDurationNanos,
    int limit) {}
