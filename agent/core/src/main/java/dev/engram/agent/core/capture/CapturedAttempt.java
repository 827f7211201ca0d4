package dev.engram.agent.core.capture;

import dev.engram.agent.record.RemedyAttemptRecord;

/**
 * What became of one operation that a remedy was, or might have been, applied to; as {@link
 * RemedyAttemptRecord} has it.
 *
 * @param action what is done and where
 * @param tries how often the operation ran; of calls that were not made, how many
 */
public record CapturedAttempt(
    String action, String arm, long fingerprint, int tries, String result, long addedNanos) {}
