package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/**
 * An exception that was seen, once however many layers saw it.
 *
 * @param timeEpochNanos when it was first seen
 * @param traceIdHigh 0, as the other ids, when it was seen outside any span
 * @param spanId the innermost span it was seen in
 * @param site where it was seen: {@code class#method} of the instrumented method, or {@code logger:
 *     template} where it was logged; null when not known
 */
public record ExceptionRecord(
    long timeEpochNanos,
    long traceIdHigh,
    long traceIdLow,
    long spanId,
    ExceptionOrigin origin,
    String threadName,
    @Nullable String site,
    ThrowableShape thrown)
    implements DecodedRecord {}
