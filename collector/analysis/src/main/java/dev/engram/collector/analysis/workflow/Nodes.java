package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Ancestors;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Node;
import dev.engram.collector.store.Durations;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sums the visits of nodes up. Not thread-safe. */
final class Nodes {
  /** What is known of one node so far. */
  private static final class Draft {
    private final Durations durations = new Durations();
    private final Set<Run> failedRuns = new HashSet<>();
    private long visits;
    private long failed;
    private long ownNanos;
    private double costUsd;
    private boolean priced;
  }

  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  private Nodes() {}

  /** Of runs of one workflow, the node with the most time of its own first. */
  static List<Node> of(List<Run> runs) {
    Nodes nodes = new Nodes();
    runs.forEach(nodes::add);
    long failedRuns = runs.stream().filter(Run::failed).count();
    double total = nodes.drafts.values().stream().mapToDouble(draft -> draft.ownNanos).sum();
    Double cost = Workflows.cost(runs);
    return nodes.drafts.entrySet().stream()
        .map(it -> node(it.getKey(), it.getValue(), failedRuns, total, cost == null ? 0 : cost))
        .sorted(Comparator.comparingLong(Node::ownNanos).reversed().thenComparing(Node::name))
        .toList();
  }

  private void add(Run run) {
    Map<Ancestors.Key, Long> within = within(run);
    for (NodeVisit visit : run.nodes()) {
      Draft draft = drafts.computeIfAbsent(visit.name(), name -> new Draft());
      draft.visits++;
      if (visit.durationNanos() >= 0) {
        draft.durations.add(visit.durationNanos());
        long others = within.getOrDefault(visit.key(), 0L);
        draft.ownNanos += Math.max(0, visit.durationNanos() - others);
      }
      if (visit.failed()) {
        draft.failed++;
        if (run.failed()) {
          draft.failedRuns.add(run);
        }
      }
      Double cost = run.costByNode().get(visit.key().spanId());
      draft.priced |= cost != null;
      draft.costUsd += cost == null ? 0 : cost;
    }
  }

  /** Of each visit what the visits directly within it took. */
  private static Map<Ancestors.Key, Long> within(Run run) {
    Map<Ancestors.Key, Long> within = new HashMap<>();
    run.nodes().stream()
        .filter(visit -> visit.durationNanos() > 0)
        .forEach(
            visit -> {
              Ancestors.Key parent = run.parents().get(visit.key());
              if (parent != null) {
                within.merge(parent, visit.durationNanos(), Long::sum);
              }
            });
    return within;
  }

  private static Node node(
      String name, Draft draft, long failedRuns, double totalNanos, double totalCost) {
    return new Node(
        name,
        draft.visits,
        new Proportion(draft.failed, draft.visits),
        new Proportion(draft.failedRuns.size(), failedRuns),
        draft.durations.percentile(50),
        draft.durations.percentile(95),
        draft.durations.percentile(100),
        draft.ownNanos,
        totalNanos == 0 ? 0 : draft.ownNanos / totalNanos,
        draft.priced ? draft.costUsd : null,
        totalCost == 0 ? 0 : draft.costUsd / totalCost);
  }
}
