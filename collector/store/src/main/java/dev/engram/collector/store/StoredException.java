package dev.engram.collector.store;

/** An exception with its service; its stack is resolved. */
public record StoredException(ExceptionRow row, String service, long arrival) {}
