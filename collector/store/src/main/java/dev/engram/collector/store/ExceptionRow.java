package dev.engram.collector.store;

import org.jspecify.annotations.Nullable;

/**
 * An exception that was seen.
 *
 * @param spanId 0 when it was seen outside any span
 * @param origin {@code escaped}, {@code handled}, {@code logged} or {@code swallowed}
 * @param type of the outermost throwable
 * @param fingerprint identity of its group; never 0
 * @param stack the whole throwable with causes and suppressed
 */
public record ExceptionRow(
    InstanceId instance,
    long position,
    long timeEpochNanos,
    TraceId traceId,
    long spanId,
    String origin,
    String threadName,
    @Nullable String site,
    String type,
    @Nullable String message,
    long fingerprint,
    ThrownStack stack)
    implements Row {
  /** The same with another stack, as one that was sent before is filled in. */
  public ExceptionRow with(ThrownStack whole) {
    return new ExceptionRow(
        instance,
        position,
        timeEpochNanos,
        traceId,
        spanId,
        origin,
        threadName,
        site,
        type,
        message,
        fingerprint,
        whole);
  }
}
