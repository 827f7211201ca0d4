package dev.engram.agent.core.capture;

import dev.engram.agent.record.ExceptionOrigin;
import org.jspecify.annotations.Nullable;

/**
 * When, where and how an exception was seen. Immutable.
 *
 * @param span null outside any
 * @param site see {@link Tracing}; null when not known
 * @param ofDatabase whether it may quote a database; see {@link DatabaseErrors}
 */
record Sighting(
    long timeEpochNanos,
    @Nullable OpenSpan span,
    ExceptionOrigin origin,
    @Nullable String site,
    boolean ofDatabase) {}
