package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * Which spans. Null and 0 mean any.
 *
 * @param sinceEpochNanos inclusive start of the span's begin
 * @param untilEpochNanos exclusive
 * @param kind upper case
 * @param category lower case
 * @param status lower case
 * @param minDurationNanos inclusive; leaves out interrupted spans
 * @param afterArrival for following: only rows with a greater {@link StoredSpan#arrival()}; 0 for
 *     all, newest first
 * @param limit most rows to return; 0 for no limit
 */
public record SpanFilter(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    @Nullable String kind,
    @Nullable String category,
    @Nullable String status,
    long minDurationNanos,
    long afterArrival,
    int limit) {}
