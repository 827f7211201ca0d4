package dev.engram.collector.store;

/** One application, or would-be application, of a remedy. */
public record RemedyAttemptRow(
    long position,
    long timeEpochNanos,
    TraceId traceId,
    long spanId,
    String remedyId,
    String arm,
    long fingerprint,
    int tries,
    String result,
    long addedNanos)
    implements Row {}
