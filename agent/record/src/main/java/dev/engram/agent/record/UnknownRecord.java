package dev.engram.agent.record;

/**
 * An intact record of a kind that a newer agent writes and this version does not know; counted and
 * skipped.
 */
public record UnknownRecord(int kindCode, int formatVersion) implements DecodedRecord {}
