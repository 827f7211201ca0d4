package dev.engram.collector.store;

/**
 * One application, or would-be application, of a remedy.
 *
 * @param remedyId what is done and where, such as {@code retry method com.acme.Prices#load}
 * @param arm {@code observed}, {@code unclear}, {@code control}, {@code treated}, {@code skipped}
 *     or {@code probe}
 * @param fingerprint of the failure; 0 for whatever fails at a place
 * @param tries how often the operation ran; of calls that were not made, how many
 * @param result {@code resolved}, {@code masked}, {@code spared} or {@code failed}
 * @param addedNanos what waiting added
 */
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
