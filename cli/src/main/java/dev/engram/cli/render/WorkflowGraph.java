package dev.engram.cli.render;

import dev.engram.collector.analysis.workflow.WorkflowSummary;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Edge;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which node of a workflow followed which, as Mermaid and as JSON. */
public final class WorkflowGraph {
  private WorkflowGraph() {}

  /** A flowchart; names of nodes can be nothing but text in it. */
  public static String mermaid(WorkflowSummary workflow) {
    Map<String, String> ids = new LinkedHashMap<>();
    StringBuilder chart = new StringBuilder("flowchart TD");
    for (Edge edge : workflow.edges()) {
      chart.append("\n  ").append(node(edge.from(), ids));
      chart.append(" -->|").append(edge.count()).append("| ");
      chart.append(node(edge.to(), ids));
    }
    return chart.toString();
  }

  /** With its label where it is named for the first time. */
  private static String node(String name, Map<String, String> ids) {
    String known = ids.get(name);
    if (known != null) {
      return known;
    }
    String id = "n" + ids.size();
    ids.put(name, id);
    return id + "[\"" + escaped(SafeText.of(name)) + "\"]";
  }

  private static String escaped(String label) {
    StringBuilder escaped = new StringBuilder();
    for (char c : label.toCharArray()) {
      if ("\"#<>&`".indexOf(c) >= 0) {
        escaped.append('#').append((int) c).append(';');
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** The graph on one line. */
  public static String json(WorkflowSummary workflow) {
    return JsonLines.line(
        json -> {
          json.writeStringField("service", workflow.service());
          json.writeStringField("workflow", workflow.name());
          json.writeArrayFieldStart("nodes");
          for (WorkflowSummary.Node node : workflow.nodes()) {
            json.writeString(node.name());
          }
          json.writeEndArray();
          WorkflowView.edges(json, workflow);
        });
  }
}
