package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Ancestors;
import dev.engram.collector.store.StoredSpan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of a workflow: all of its service that has its run id, in however many legs, and nodes of
 * it in other services.
 *
 * @param engine what runs it; empty when that is not known
 * @param first its first leg, or its first node where no leg is remembered
 * @param endEpochNanos of its last leg; 0 while that goes on
 * @param durationNanos what its legs took together, the time between them left out; -1 when one was
 *     interrupted or has not ended
 * @param status {@code ok}, {@code error}, {@code interrupted} or {@code in_progress}, by its last
 *     leg; {@code unset} where none is remembered
 * @param nodes in their order: as they began, and those of parallel branches by name
 * @param parents of the nodes that lie within another one of the run, that one
 * @param variant the names of the nodes with loops collapsed
 * @param inputHash what went into its first node; empty when that is not known
 * @param costUsd of the calls of models in it that have a price; null when none has
 * @param costByNode of those below each of its nodes, by the id of the visit's span
 * @param calls of models, directly or in a node
 * @param unpriced those of them without a cost
 */
public record Run(
    String id,
    String workflow,
    String engine,
    String service,
    StoredSpan first,
    long startEpochNanos,
    long endEpochNanos,
    long durationNanos,
    int legs,
    String status,
    List<NodeVisit> nodes,
    Map<Ancestors.Key, Ancestors.Key> parents,
    List<String> variant,
    String inputHash,
    @Nullable Double costUsd,
    Map<Long, Double> costByNode,
    long calls,
    long unpriced) {
  boolean succeeded() {
    return status.equals("ok");
  }

  boolean failed() {
    return status.equals("error");
  }

  /** Whether it is known how it went; a run that is not over, or was cut off, counts as neither. */
  boolean isDecided() {
    return succeeded() || failed();
  }
}
