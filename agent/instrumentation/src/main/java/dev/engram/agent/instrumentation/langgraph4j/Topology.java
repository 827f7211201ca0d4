package dev.engram.agent.instrumentation.langgraph4j;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bsc.langgraph4j.CompiledGraph;
import org.bsc.langgraph4j.internal.edge.EdgeValue;
import org.jspecify.annotations.Nullable;

/** Nodes and edges of a compiled graph, which no longer change. Thread-safe. */
final class Topology {
  static final String START = "__START__";
  static final String FORK = "__PARALLEL__";

  /** Of a graph without a name. */
  private static final int LONGEST_NAME = 64;

  private final CompiledGraph<?> graph;
  private final Map<?, ?> nodes;
  private final Map<?, ?> edges;

  Topology(CompiledGraph<?> graph) {
    this.graph = graph;
    this.nodes = Fields.get(graph, "nodes") instanceof Map<?, ?> map ? map : Map.of();
    this.edges = Fields.get(graph, "edges") instanceof Map<?, ?> map ? map : Map.of();
  }

  CompiledGraph<?> graph() {
    return graph;
  }

  /** The id that the application gave it, or else its nodes: what else could tell two apart? */
  String name() {
    String id = Fields.text(Fields.get(graph, "compileConfig"), "graphId");
    if (id != null) {
      return id;
    }
    TreeSet<String> names = new TreeSet<>();
    nodes.keySet().forEach(node -> names.add(String.valueOf(node)));
    names.removeIf(node -> node.startsWith(FORK));
    String joined = String.join("+", names);
    return joined.length() <= LONGEST_NAME ? joined : joined.substring(0, LONGEST_NAME);
  }

  /** The node with this action, or null. */
  @Nullable String nodeOf(Object action) {
    for (Map.Entry<?, ?> node : nodes.entrySet()) {
      if (node.getValue() == action) {
        return String.valueOf(node.getKey());
      }
    }
    return null;
  }

  /** Where a conditional edge may lead; empty when the edge has no condition. */
  List<String> options(String from) {
    return List.copyOf(new TreeSet<>(mappings(from).values()));
  }

  /** The answers of a conditional edge that lead there; null when the edge has no condition. */
  @Nullable String reason(String from, String to) {
    TreeSet<String> labels = new TreeSet<>();
    for (Map.Entry<String, String> mapping : mappings(from).entrySet()) {
      if (to.equals(mapping.getValue())) {
        labels.add(mapping.getKey());
      }
    }
    return labels.isEmpty() ? null : String.join(" or ", labels);
  }

  private Map<String, String> mappings(String from) {
    return edges.get(from) instanceof EdgeValue<?> edge && edge.value() != null
        ? edge.value().mappings()
        : Map.of();
  }
}
