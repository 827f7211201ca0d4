package dev.engram.collector.analysis.gate;

import org.jspecify.annotations.Nullable;

/**
 * The part of the memory that a run is.
 *
 * @param service null for all
 * @param sinceEpochNanos inclusive; 0 for no begin
 * @param untilEpochNanos exclusive; 0 for no end
 */
public record RunWindow(@Nullable String service, long sinceEpochNanos, long untilEpochNanos) {}
