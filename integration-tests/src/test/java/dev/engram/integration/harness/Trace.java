package dev.engram.integration.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One trace as {@code engram show} tells it: spans, exceptions and payloads on them. */
public final class Trace {
  private final List<JsonNode> lines;

  Trace(List<JsonNode> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Its spans of one category, parents before their children. */
  public List<JsonNode> spans(String category) {
    return find(node -> node.path("category").asText().equals(category) && node.has("span_id"));
  }

  /** The spans of statements, in order: neither ends of transactions nor waits for connections. */
  public List<JsonNode> statementSpans() {
    return spans("sql").stream()
        .filter(span -> span.path("attributes").has("db.query.text"))
        .toList();
  }

  /** The text of each SQL statement, in order. */
  public List<String> statements() {
    return statementSpans().stream()
        .map(span -> span.path("attributes").path("db.query.text").asText())
        .toList();
  }

  public List<JsonNode> exceptions() {
    return find(node -> node.has("origin"));
  }

  /** The message of an exception. */
  public static String message(JsonNode exception) {
    return exception.path("thrown").path("message").asText();
  }

  /** The text of a span's payload, such as {@code input}. */
  public static String payload(JsonNode span, String name) {
    for (JsonNode payload : span.path("payloads")) {
      if (payload.path("name").asText().equals(name)) {
        return payload.path("text").asText();
      }
    }
    throw new AssertionError("no payload " + name + " in " + span);
  }

  @Override
  public String toString() {
    return lines.toString();
  }

  private List<JsonNode> find(Predicate<JsonNode> wanted) {
    List<JsonNode> found = new ArrayList<>();
    lines.forEach(line -> collect(line, wanted, found));
    return found;
  }

  private static void collect(JsonNode node, Predicate<JsonNode> wanted, List<JsonNode> found) {
    if (node.isObject() && wanted.test(node)) {
      found.add(node);
    }
    node.forEach(child -> collect(child, wanted, found));
  }
}
