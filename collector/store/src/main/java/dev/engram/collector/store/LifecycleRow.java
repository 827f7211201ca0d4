package dev.engram.collector.store;

import java.util.Map;

/** Something about the instance itself: start, stop, configuration, loss. */
public record LifecycleRow(
    long position, long timeEpochNanos, String event, Map<String, Object> attributes)
    implements Row {}
