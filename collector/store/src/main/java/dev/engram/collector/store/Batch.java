package dev.engram.collector.store;

import java.util.List;
import java.util.Map;

/**
 * What one transaction writes.
 *
 * @param rows in order of position
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
    Map<String, Long> dropped) {}
