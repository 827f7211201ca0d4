package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/** Which statements: those with the most total time first. */
public record StatementFilter(
    long sinceEpochNanos,
    long untilEpochNanos,
    @Nullable String service,
    long minDurationNanos,
    int limit) {}
