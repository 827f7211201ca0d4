package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Edge;
import dev.engram.collector.store.Durations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sums runs up by workflow. Pure. */
public final class Workflows {
  /** Where LangGraph4j's graphs begin and end. */
  private static final Map<String, String> MARKS =
      Map.of("__START__", WorkflowSummary.START, "__END__", WorkflowSummary.END);

  private record Name(String service, String workflow) {}

  private Workflows() {}

  /** One of each service and workflow, that with the most runs first. */
  public static List<WorkflowSummary> of(List<Run> runs) {
    Map<Name, List<Run>> byName = new LinkedHashMap<>();
    for (Run run : runs) {
      byName
          .computeIfAbsent(new Name(run.service(), run.workflow()), name -> new ArrayList<>())
          .add(run);
    }
    return byName.entrySet().stream()
        .map(entry -> summary(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(WorkflowSummary::runs)
                .reversed()
                .thenComparing(WorkflowSummary::name)
                .thenComparing(WorkflowSummary::service))
        .toList();
  }

  private static WorkflowSummary summary(Name name, List<Run> runs) {
    Durations durations = durations(runs);
    Variants variants = new Variants(runs);
    return new WorkflowSummary(
        name.workflow(),
        name.service(),
        runs.size(),
        succeeded(runs),
        runs.stream().filter(run -> !run.isDecided()).count(),
        durations.percentile(50),
        durations.percentile(95),
        cost(runs),
        runs.stream().mapToLong(Run::calls).sum(),
        runs.stream().mapToLong(Run::unpriced).sum(),
        Nodes.of(runs),
        edges(runs),
        variants.all(),
        variants.recommendation());
  }

  static Durations durations(List<Run> runs) {
    Durations durations = new Durations();
    runs.stream()
        .mapToLong(Run::durationNanos)
        .filter(duration -> duration >= 0)
        .forEach(durations::add);
    return durations;
  }

  static Proportion succeeded(List<Run> runs) {
    return new Proportion(
        runs.stream().filter(Run::succeeded).count(), runs.stream().filter(Run::isDecided).count());
  }

  /** Of all together; null when none has one. */
  static @Nullable Double cost(List<Run> runs) {
    List<Double> costs = runs.stream().map(Run::costUsd).filter(Objects::nonNull).toList();
    return costs.isEmpty() ? null : costs.stream().mapToDouble(cost -> cost).sum();
  }

  /**
   * The directly-follows graph (van der Aalst, Process Mining, 2nd edition, 5.2), by what the
   * engine says led to a node, and else by what was before it.
   */
  private static List<Edge> edges(List<Run> runs) {
    Map<List<String>, Long> counts = new HashMap<>();
    for (Run run : runs) {
      String before = WorkflowSummary.START;
      for (NodeVisit visit : run.nodes()) {
        String from = visit.from() == null ? before : visit.from();
        counts.merge(List.of(MARKS.getOrDefault(from, from), visit.name()), 1L, Long::sum);
        before = visit.name();
      }
      if (run.isDecided() && !run.nodes().isEmpty()) {
        counts.merge(List.of(before, WorkflowSummary.END), 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .map(it -> new Edge(it.getKey().get(0), it.getKey().get(1), it.getValue()))
        .sorted(
            Comparator.comparingLong(Edge::count)
                .reversed()
                .thenComparing(Edge::from)
                .thenComparing(Edge::to))
        .toList();
  }
}
