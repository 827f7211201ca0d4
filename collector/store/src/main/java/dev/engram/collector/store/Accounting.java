package dev.engram.collector.store;

import java.util.Map;

/**
 * Every term of the promise to lose nothing silently, for one instance or all.
 *
 * <pre>
 * offered = written + shed + abandoned      written = queued + in_ring      queued = read + in_queue + dropped
 * read = decoded + malformed                decoded = stored + joined + duplicate + rejected + pending
 * </pre>
 */
public record Accounting(
    ProducerCounts producer,
    long read,
    Map<String, Long> dropped,
    long decoded,
    long malformed,
    long stored,
    long joined,
    long duplicate,
    long rejected,
    long pending) {
  /** Gives the terms that are losses, one call for each reason. */
  public void eachLoss(LossTaker taker) {
    producer.shed().forEach((reason, count) -> taker.take(Loss.SHED, reason, count));
    taker.take(Loss.ABANDONED, "", producer.abandoned());
    dropped.forEach((reason, count) -> taker.take(Loss.DROPPED, reason, count));
    taker.take(Loss.MALFORMED, "", malformed);
    taker.take(Loss.REJECTED, "", rejected);
  }

  /** Takes one term of the books that is a {@link Loss}. */
  @FunctionalInterface
  public interface LossTaker {
    void take(String term, String reason, long count);
  }
}
