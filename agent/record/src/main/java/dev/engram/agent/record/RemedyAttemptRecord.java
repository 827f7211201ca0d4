package dev.engram.agent.record;

/**
 * One application, or would-be application, of a remedy.
 *
 * @param remedyId what is done and where, such as {@code retry method com.acme.Prices#load}
 * @param arm {@code observed} (nobody was to do anything), {@code unclear} (nobody knows whether
 *     such a failure passes, and a person has to say so), {@code control} (left alone to be
 *     compared with), {@code treated}, {@code skipped} (to be treated, but for want of budget,
 *     time, patience, need or an older answer), or {@code probe} (let through by a breaker, to see)
 * @param fingerprint {@link Fingerprint} of the error it answered; of an answer of another service
 *     its status, such as 503; 0 for whatever fails at a place
 * @param tries how often the operation ran; of a limit how many calls were refused in two seconds
 *     with it ({@code treated}) or without it ({@code control}); of calls that were not made, how
 *     many were not since this was told last, of which this is one: at most one a second is told of
 *     a place
 * @param result {@code resolved}, {@code masked} (another answer stood in), {@code spared} (a call
 *     was not made) or {@code failed}
 * @param addedNanos what waiting added, or asking another model; of a limit to each call, on
 *     average
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
