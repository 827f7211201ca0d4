package dev.engram.integration.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.harness.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The runs and nodes of a trace as lines, each below its parent, in the order they began. */
final class ToldWorkflows {
  private static final String PREFIX = "engram.workflow.";

  private final List<JsonNode> spans;
  private final List<String> lines = new ArrayList<>();

  ToldWorkflows(Trace trace) {
    this.spans = new ArrayList<>(trace.spans("workflow"));
    spans.addAll(trace.spans("node"));
    spans.sort(Comparator.comparing(span -> span.path("start").asText()));
  }

  List<String> lines() {
    for (JsonNode span : spans) {
      if (spans.stream().noneMatch(other -> isBelow(span, other))) {
        tell(span, "");
      }
    }
    // Which branch of two begins first is up to the threads.
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i - 1).startsWith("  right ") && lines.get(i).startsWith("  left ")) {
        Collections.swap(lines, i - 1, i);
      }
    }
    return lines;
  }

  private void tell(JsonNode span, String indent) {
    lines.add(indent + told(span));
    spans.stream().filter(other -> isBelow(other, span)).forEach(it -> tell(it, indent + "  "));
  }

  private static boolean isBelow(JsonNode span, JsonNode other) {
    return span.path("parent_span_id").equals(other.path("span_id"));
  }

  private static String told(JsonNode span) {
    JsonNode attributes = span.path("attributes");
    StringBuilder told = new StringBuilder();
    if (span.path("category").asText().equals("workflow")) {
      told.append("run ").append(attributes.path("gen_ai.workflow.name").asText()).append(' ');
      told.append(attributes.path(PREFIX + "run.id").asText().replaceAll("[0-9a-f]{16}", "*"));
    } else {
      told.append(span.path("name").asText());
    }
    add(attributes, "", PREFIX + "node.attempt", told);
    add(attributes, "from ", PREFIX + "transition.from", told);
    add(attributes, "because ", PREFIX + "transition.reason", told);
    add(attributes, "changed ", PREFIX + "state.changed", told);
    add(attributes, "stopped at ", PREFIX + "interrupted", told);
    told.append(attributes.has(PREFIX + "checkpoint.id") ? " saved" : "");
    add(attributes, "", "error.type", told);
    told.append(span.path("status").asText().equals("interrupted") ? " interrupted" : "");
    return told.toString().replaceAll("join 1 from (left|right)", "join 1 from a branch");
  }

  private static void add(JsonNode attributes, String label, String name, StringBuilder told) {
    if (attributes.has(name)) {
      told.append(' ').append(label).append(attributes.path(name).asText());
    }
  }
}
