package dev.engram.agent.record;

import java.util.Map;

/**
 * Something about the instance itself.
 *
 * @param event {@code start}, {@code stop}, {@code configuration}, {@code shed}, {@code dropped};
 *     readers accept others
 * @param attributes values are String, Long, Double or Boolean
 */
public record LifecycleRecord(long timeEpochNanos, String event, Map<String, Object> attributes)
    implements DecodedRecord {}
