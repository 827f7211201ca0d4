package dev.engram.cli.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.cli.render.SafeText;
import dev.engram.cli.render.Table;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.cli.render.Terminal;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What one agent says of itself: for a person, and as JSON. */
public final class AgentView {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private AgentView() {}

  public static void print(RunningAgent agent, Terminal terminal) {
    PrintStream out = terminal.out();
    JsonNode description = agent.description();
    out.println(
        SafeText.of(
            agent.service()
                + "  pid "
                + agent.pid()
                + "  agent "
                + description.path("agent_version").asText()
                + (agent.report().path("attached").asBoolean() ? " (attached)" : "")
                + "  Java "
                + description.path("java_version").asText()
                + "  "
                + agent.folder()));
    out.println();
    modules(agent, terminal);
    out.println(SafeText.of("left alone: " + leftAlone(agent.report().path("left_alone"))));
    out.println();
    SettingsView.table(Setting.of(agent), terminal);
    agent
        .problems()
        .forEach(line -> out.println(terminal.style().red("wrong: " + SafeText.of(line))));
  }

  /** One object on one line. */
  public static String json(RunningAgent agent) {
    ObjectNode all = JSON.createObjectNode();
    all.put("service", agent.service()).put("pid", agent.pid());
    all.put("folder", agent.folder().toString());
    for (String field : List.of("agent_version", "java_version", "started")) {
      all.put(field, agent.description().path(field).asText());
    }
    if (agent.report() instanceof ObjectNode report) {
      all.setAll(report);
    }
    agent.problems().forEach(all.putArray("problems")::add);
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void modules(RunningAgent agent, Terminal terminal) {
    Table table =
        new Table()
            .column("INSTRUMENTATION", Layout.LEFT)
            .column("STATE", Layout.LEFT)
            .column("CLASSES", Layout.RIGHT)
            .column("CALLS LINKED", Layout.RIGHT)
            .column("NOTE", Layout.FLEXIBLE);
    for (JsonNode module : agent.elements("instrumentations")) {
      table.row(
          Cell.of(module.path("name").asText()),
          Cell.of(module.path("state").asText()),
          Cell.of(module.path("classes").asText()),
          Cell.of(module.path("call_sites").asText()),
          Cell.of(note(module)));
    }
    table.print(terminal);
  }

  private static String note(JsonNode module) {
    List<String> notes = new ArrayList<>();
    module.path("problems").forEach(line -> notes.add(line.asText()));
    module.path("notes").forEach(line -> notes.add(line.asText()));
    boolean unused = module.path("classes").asInt() == 0;
    if (notes.isEmpty() && unused && module.path("state").asText().equals("on")) {
      return "nothing of it is loaded so far";
    }
    return String.join("; ", notes);
  }

  private static String leftAlone(JsonNode counts) {
    List<String> words = new ArrayList<>();
    Iterator<Map.Entry<String, JsonNode>> fields = counts.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      words.add(field.getValue().asText() + " " + field.getKey());
    }
    return "classes no condition was asked about, such as those of the JDK: "
        + String.join(", ", words);
  }
}
