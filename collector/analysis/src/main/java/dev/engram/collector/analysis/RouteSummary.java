package dev.engram.collector.analysis;

/**
 * How the requests of one route went.
 *
 * @param name of their spans
 * @param failed those with status {@code error}, of all
 * @param totalNanos at most {@link Long#MAX_VALUE}
 * @param p50Nanos nearest rank, as the other; -1 when none has ended in time
 */
public record RouteSummary(
    String service, String name, Proportion failed, long totalNanos, long p50Nanos, long p95Nanos) {
  public long count() {
    return failed.of();
  }
}
