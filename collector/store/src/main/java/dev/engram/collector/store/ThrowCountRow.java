package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * How many throwables of one type were constructed in a period, in all or at one site.
 *
 * @param timeEpochNanos the end of the period
 * @param durationNanos its length
 * @param site {@code class.method(File:line)}; null for the count of the whole type, which is exact
 * @param count of a site an estimate, which with 95% confidence lies between low and high
 * @param stack the type, and of a site the stack of one of them
 */
public record ThrowCountRow(
    long position,
    long timeEpochNanos,
    long durationNanos,
    @Nullable String site,
    long count,
    long low,
    long high,
    ThrownStack stack)
    implements Row {}
