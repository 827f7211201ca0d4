package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/**
 * How many throwables of one type were constructed in a period, in all or at one site.
 *
 * @param timeEpochNanos the end of the period
 * @param durationNanos its length
 * @param site the application's frame nearest to the throw, as {@link StackFrame#text()}; null for
 *     the count of the whole type, which is exact
 * @param count of a site an estimate, which with 95% confidence lies between low and high
 * @param thrown the type, and of a site the stack of one of them
 */
public record ThrowCountRecord(
    long timeEpochNanos,
    long durationNanos,
    @Nullable String site,
    long count,
    long low,
    long high,
    ThrowableShape thrown)
    implements DecodedRecord {}
