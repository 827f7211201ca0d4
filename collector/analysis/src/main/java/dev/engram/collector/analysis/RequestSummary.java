package dev.engram.collector.analysis;

/**
 * What some requests came to.
 *
 * @param errors those with status {@code error}, of all that have ended or were interrupted
 * @param p95Nanos -1 when none has a duration
 * @param lastEpochNanos when the last one began; 0 when there was none
 */
public record RequestSummary(Proportion errors, long p95Nanos, long lastEpochNanos) {
  public long count() {
    return errors.of();
  }
}
