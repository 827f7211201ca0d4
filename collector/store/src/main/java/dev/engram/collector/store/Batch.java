package dev.engram.collector.store;

import java.util.List;
import java.util.Map;

/**
 * What one transaction writes.
 *
 * @param rows in order of position, none beyond the checkpoint; a position that comes twice is
 *     counted as duplicate
 * @param checkpoint where the instance stands after this batch
 * @param read records taken out of queue or ring since the last batch
 * @param malformed of those, how many were no records
 * @param rejected decoded records that have no row, such as unknown kinds
 * @param dropped records that a gap in the queue's numbers shows to be lost, by reason
 */
public record Batch(
    InstanceId instance,
    List<Row> rows,
    Checkpoint checkpoint,
    long read,
    long malformed,
    long rejected,
    Map<String, Long> dropped) {

  /** Throws {@link IllegalArgumentException} when rows are out of order, foreign or too far. */
  public Batch {
    rows = List.copyOf(rows);
    dropped = Map.copyOf(dropped);
    long previous = Long.MIN_VALUE;
    for (Row row : rows) {
      if (row.position() < previous) {
        throw new IllegalArgumentException(
            "position " + row.position() + " comes after " + previous);
      }
      if (isForeign(row, instance)) {
        throw new IllegalArgumentException("a row of another instance at " + row.position());
      }
      previous = row.position();
    }
    if (previous > checkpoint.position()) {
      throw new IllegalArgumentException(
          "row at " + previous + " is beyond the checkpoint " + checkpoint.position());
    }
  }

  private static boolean isForeign(Row row, InstanceId instance) {
    return (row instanceof SpanRow span && !span.instance().equals(instance))
        || (row instanceof ExceptionRow exception && !exception.instance().equals(instance));
  }
}
