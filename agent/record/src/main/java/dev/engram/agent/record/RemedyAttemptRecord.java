package dev.engram.agent.record;

/**
 * One application, or would-be application, of a remedy.
 *
 * @param arm {@code observed}, {@code treated} or {@code control}
 * @param fingerprint {@link Fingerprint} of the error it answered
 * @param tries how often the operation ran
 * @param result {@code resolved}, {@code masked}, {@code failed}
 * @param addedNanos time the remedy added
 */
public record RemedyAttemptRecord(
    long timeEpochNanos,
    long traceIdHigh,
    long traceIdLow,
    long spanId,
    String remedyId,
    String arm,
    long fingerprint,
    int tries,
    String result,
    long addedNanos)
    implements DecodedRecord {}
