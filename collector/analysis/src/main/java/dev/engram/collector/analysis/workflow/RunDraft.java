package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Ancestors;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run whose spans are being gathered. Not thread-safe. */
final class RunDraft {
  private final String id;
  private final List<StoredSpan> legs = new ArrayList<>();
  private final List<NodeVisit> visits = new ArrayList<>();
  private final Map<Ancestors.Key, Ancestors.Key> parents = new HashMap<>();
  private final Map<Long, Double> costByNode = new HashMap<>();
  private @Nullable StoredSpan firstNode;
  private double costUsd;
  private long calls;
  private long unpriced;

  RunDraft(String id) {
    this.id = id;
  }

  void addLeg(StoredSpan leg) {
    legs.add(leg);
  }

  NodeVisit addNode(StoredSpan node) {
    NodeVisit visit = NodeVisit.of(node.row());
    visits.add(visit);
    if (firstNode == null || start(node) < start(firstNode)) {
      firstNode = node;
    }
    return visit;
  }

  /** One visit lies within another of this run. */
  void nest(NodeVisit visit, Ancestors.Key within) {
    parents.put(visit.key(), within);
  }

  List<NodeVisit> visits() {
    return visits;
  }

  /** A call of a model in a node of it, or directly in it. */
  void addCall(Ancestors.Key at, @Nullable Double cost) {
    calls++;
    unpriced += cost == null ? 1 : 0;
    if (cost != null) {
      costUsd += cost;
      costByNode.merge(at.spanId(), cost, Double::sum);
    }
  }

  Run run() {
    legs.sort(Comparator.comparingLong(RunDraft::start).thenComparing(StoredSpan::arrival));
    StoredSpan first = legs.isEmpty() ? Objects.requireNonNull(firstNode) : legs.get(0);
    List<NodeVisit> nodes = NodeOrder.of(visits, parents);
    return new Run(
        id,
        text(first, "gen_ai.workflow.name"),
        text(first, "engram.workflow.engine"),
        first.service(),
        first,
        start(first),
        end(),
        duration(),
        legs.size(),
        status(),
        nodes,
        Map.copyOf(parents),
        NodeOrder.variant(nodes),
        inputHash(nodes),
        unpriced == calls ? null : costUsd,
        Map.copyOf(costByNode),
        calls,
        unpriced);
  }

  private String status() {
    if (legs.isEmpty()) {
      return "unset";
    }
    String last = legs.get(legs.size() - 1).row().status();
    return last.equals("unset") ? "ok" : last;
  }

  private long end() {
    if (legs.isEmpty() || legs.get(legs.size() - 1).row().durationNanos() < 0) {
      return 0;
    }
    SpanRow last = legs.get(legs.size() - 1).row();
    return last.startEpochNanos() + last.durationNanos();
  }

  private long duration() {
    long duration = 0;
    for (StoredSpan leg : legs) {
      if (leg.row().durationNanos() < 0) {
        return -1;
      }
      duration += leg.row().durationNanos();
    }
    return legs.isEmpty() ? -1 : duration;
  }

  private static String inputHash(List<NodeVisit> nodes) {
    String hash = nodes.isEmpty() ? null : nodes.get(0).inputHash();
    return hash == null ? "" : hash;
  }

  private static long start(StoredSpan span) {
    return span.row().startEpochNanos();
  }

  private static String text(StoredSpan span, String attribute) {
    String text = NodeVisit.text(span.row().attributes(), attribute);
    return text == null ? "" : text;
  }
}
