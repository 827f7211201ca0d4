package dev.engram.agent.record;

/** Bytes that are no record: cut, flipped or foreign. The reason is for people. */
public record MalformedRecord(String reason) implements DecodedRecord {}
