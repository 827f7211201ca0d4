package dev.engram.cli.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A service with the agent, as its folder tells. All text in it is a stranger's. Immutable.
 *
 * @param description what {@code instance.json} says
 * @param report what {@code agent.json} says; missing when the agent said nothing yet
 */
public record RunningAgent(Path folder, JsonNode description, JsonNode report) {
  public String service() {
    return description.path("service").asText();
  }

  public long pid() {
    return description.path("pid").asLong();
  }

  public boolean hasReport() {
    return !(report instanceof MissingNode);
  }

  /** How many classes are instrumented. */
  public int classes() {
    return elements("instrumentations").stream()
        .mapToInt(module -> module.path("classes").asInt())
        .sum();
  }

  /** What is wrong, one line each; empty when nothing is. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    elements("setting_problems").forEach(line -> problems.add(line.asText()));
    String switches = report.path("switches").path("problem").asText();
    if (!switches.isEmpty()) {
      problems.add("control/switches.json is ignored, it " + switches);
    }
    for (JsonNode module : elements("instrumentations")) {
      module
          .path("problems")
          .forEach(line -> problems.add(module.path("name").asText() + ": " + line.asText()));
    }
    elements("not_instrumented")
        .forEach(line -> problems.add("not instrumented: " + line.asText()));
    return problems;
  }

  /** The elements of a list of the report; none when it has no such list. */
  public List<JsonNode> elements(String name) {
    return StreamSupport.stream(report.path(name).spliterator(), false).toList();
  }
}
