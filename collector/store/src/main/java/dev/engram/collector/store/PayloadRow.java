package dev.engram.collector.store;

/** One part of a large payload. */
public record PayloadRow(
    long position,
    long timeEpochNanos,
    long payloadId,
    int part,
    int parts,
    long contentHash,
    byte[] bytes)
    implements Row {}
