package dev.engram.collector.query;

import org.jspecify.annotations.Nullable;

/**
 * What every listing can be narrowed to.
 *
 * @param sinceEpochNanos inclusive; 0 for no begin
 * @param service null for any
 * @param limit most entries to answer
 */
public record Range(long sinceEpochNanos, @Nullable String service, int limit) {}
