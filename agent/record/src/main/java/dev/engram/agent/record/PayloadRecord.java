package dev.engram.agent.record;

/**
 * One part of a large payload, committed before the record that refers to it.
 *
 * @param timeEpochNanos when it was captured
 * @param payloadId unique within the instance, never 0
 * @param part 0 to parts - 1
 * @param contentHash a 64-bit hash of the whole content, to store equal content once
 */
public record PayloadRecord(
    long timeEpochNanos, long payloadId, int part, int parts, long contentHash, byte[] bytes)
    implements DecodedRecord {}
