package dev.engram.collector.query;

import dev.engram.collector.store.StoredException;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.TraceId;
import java.util.List;

/**
 * A trace as the tree its spans form.
 *
 * @param askedSpanId the span that was asked for; 0 when it was the trace
 * @param roots spans without a known parent, by start
 * @param endEpochNanos when its last span ended, or the start of the last one where none has
 * @param unplaced exceptions whose span is not stored
 */
public record TraceTree(
    TraceId traceId,
    long askedSpanId,
    List<Node> roots,
    long startEpochNanos,
    long endEpochNanos,
    List<StoredException> unplaced)
    implements Shown {
  /**
   * One span and what hangs on it.
   *
   * @param exceptions oldest first
   * @param children by start
   */
  public record Node(
      StoredSpan span,
      List<StoredException> exceptions,
      List<PayloadExcerpt> payloads,
      List<Node> children) {}
}
