package dev.engram.collector.analysis.workflow;

import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.workflow.Comparison.Chance;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Recommendation;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Variant;
import dev.engram.collector.store.Durations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Compares the ways that runs of one workflow took. Immutable. */
final class Variants {
  /** Decided runs below which a way is not recommended, nor another one against it. */
  static final int ENOUGH = 30;

  /** Probability above which one is. */
  static final double SURE = 0.95;

  /** Most ways that are compared with each other: those with the most runs. */
  private static final int MAX_COMPARED = 20;

  /** Most inputs that are told apart: those with the most runs. */
  private static final int MAX_INPUTS = 50;

  private final Map<List<String>, List<Run>> byNodes;
  private final List<Chance> chances;

  Variants(List<Run> runs) {
    Map<List<String>, List<Run>> grouped = new HashMap<>();
    for (Run run : runs) {
      grouped.computeIfAbsent(run.variant(), nodes -> new ArrayList<>()).add(run);
    }
    byNodes = new LinkedHashMap<>();
    grouped.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<List<String>, List<Run>> it) -> -it.getValue().size())
                .thenComparing(it -> it.getKey().toString()))
        .forEach(it -> byNodes.put(it.getKey(), it.getValue()));
    List<Proportion> compared =
        byNodes.values().stream().limit(MAX_COMPARED).map(Workflows::succeeded).toList();
    chances = compared.size() < 2 ? List.of() : Comparison.of(compared);
  }

  /** By how often they were run. */
  List<Variant> all() {
    List<Variant> variants = new ArrayList<>();
    byNodes.forEach(
        (nodes, runs) ->
            variants.add(
                variant(
                    nodes,
                    runs,
                    variants.size() < chances.size() ? chances.get(variants.size()) : null)));
    return List.copyOf(variants);
  }

  /** Null when no way is sure enough, both over all runs and with like inputs compared. */
  @Nullable Recommendation recommendation() {
    List<List<String>> candidates =
        byNodes.keySet().stream().limit(chances.size()).filter(this::isEnough).toList();
    List<String> inputs = sharedInputs(candidates);
    if (candidates.size() < 2 || inputs.isEmpty()) {
      return null;
    }
    List<List<Proportion>> ways = candidates.stream().map(nodes -> byInput(nodes, inputs)).toList();
    if (ways.stream().anyMatch(way -> total(way) < ENOUGH)) {
      return null;
    }
    int known = inputs.equals(List.of("")) ? 0 : inputs.size();
    return recommendation(candidates, ways, known);
  }

  private @Nullable Recommendation recommendation(
      List<List<String>> candidates, List<List<Proportion>> ways, int inputs) {
    List<Chance> likeInputs = Comparison.of(ways, weights(ways));
    List<Chance> allInputs =
        Comparison.of(candidates.stream().map(it -> Workflows.succeeded(runs(it))).toList());
    for (int i = 0; i < candidates.size(); i++) {
      if (likeInputs.get(i).best() > SURE && allInputs.get(i).best() > SURE) {
        return new Recommendation(
            candidates.get(i),
            likeInputs.get(i).best(),
            ways.stream().mapToLong(Variants::total).sum(),
            inputs,
            candidates.size());
      }
    }
    return null;
  }

  private List<Run> runs(List<String> nodes) {
    return byNodes.getOrDefault(nodes, List.of());
  }

  private boolean isEnough(List<String> nodes) {
    return Workflows.succeeded(runs(nodes)).of() >= ENOUGH;
  }

  /** Inputs that came to each of these ways, those with the most runs first. */
  private List<String> sharedInputs(List<List<String>> candidates) {
    Map<String, Integer> ways = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (List<String> nodes : candidates) {
      List<String> inputs =
          runs(nodes).stream().filter(Run::isDecided).map(Run::inputHash).toList();
      inputs.stream().distinct().forEach(input -> ways.merge(input, 1, Integer::sum));
      inputs.forEach(input -> counts.merge(input, 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .filter(it -> Objects.equals(ways.get(it.getKey()), candidates.size()))
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MAX_INPUTS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<Proportion> byInput(List<String> nodes, List<String> inputs) {
    Map<String, List<Run>> byInput = new HashMap<>();
    for (Run run : runs(nodes)) {
      byInput.computeIfAbsent(run.inputHash(), input -> new ArrayList<>()).add(run);
    }
    return inputs.stream()
        .map(input -> Workflows.succeeded(byInput.getOrDefault(input, List.of())))
        .toList();
  }

  private static List<Double> weights(List<List<Proportion>> ways) {
    double total = ways.stream().mapToLong(Variants::total).sum();
    List<Double> weights = new ArrayList<>();
    for (int input = 0; input < ways.get(0).size(); input++) {
      int at = input;
      weights.add(ways.stream().mapToLong(way -> way.get(at).of()).sum() / total);
    }
    return weights;
  }

  private static long total(List<Proportion> way) {
    return way.stream().mapToLong(Proportion::of).sum();
  }

  private static Variant variant(List<String> nodes, List<Run> runs, @Nullable Chance chance) {
    Durations durations = Workflows.durations(runs);
    OptionalDouble cost =
        runs.stream()
            .map(Run::costUsd)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .average();
    return new Variant(
        nodes,
        runs.size(),
        Workflows.succeeded(runs),
        durations.percentile(50),
        durations.percentile(95),
        cost.isPresent() ? cost.getAsDouble() : null,
        chance == null ? Double.NaN : chance.best(),
        chance == null ? Double.NaN : chance.expectedLoss());
  }
}
