package dev.engram.collector.store;

import java.util.Map;

/**
 * What the instance itself counted, read from its ring file (absolute values). Shed and dropped are
 * by reason.
 */
public record ProducerCounts(
    long offered,
    long written,
    Map<String, Long> shed,
    long abandoned,
    long queued,
    long inRing,
    long inQueue) {
  public static final ProducerCounts NONE = new ProducerCounts(0, 0, Map.of(), 0, 0, 0, 0);
}
