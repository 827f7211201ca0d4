package dev.engram.cli.agents;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.agent.record.control.Switches;
import dev.engram.cli.Invocation;
import dev.engram.cli.render.JsonLines;
import dev.engram.cli.render.Table;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is switched, and who has taken it. */
final class SwitchesView {
  private SwitchesView() {}

  static void print(Switches switches, List<RunningAgent> agents, Invocation invocation) {
    if (switches.values().isEmpty()) {
      invocation.say("nothing is switched: each service captures what it was started with");
    } else {
      Table table = new Table().column("SWITCH", Layout.LEFT).column("VALUE", Layout.FLEXIBLE);
      new TreeMap<>(switches.values())
          .forEach((key, value) -> table.row(Cell.of(key), Cell.of(value)));
      table.print(invocation.terminal());
    }
    if (switches.expires() != null) {
      invocation.say("all of it expires at " + switches.expires());
    }
    if (!agents.isEmpty()) {
      agents(switches, agents, invocation);
    }
  }

  static String json(Switches switches, List<RunningAgent> agents) {
    return JsonLines.line(json -> members(json, switches, agents));
  }

  private static void agents(Switches switches, List<RunningAgent> agents, Invocation invocation) {
    Table table =
        new Table()
            .column("SERVICE", Layout.LEFT)
            .column("PID", Layout.RIGHT)
            .column("SWITCHES", Layout.FLEXIBLE);
    for (RunningAgent agent : agents) {
      table.row(
          Cell.of(agent.service()),
          Cell.of(Long.toString(agent.pid())),
          Cell.of(taken(switches, agent.report().path("switches"))));
    }
    invocation.terminal().out().println();
    table.print(invocation.terminal());
  }

  /** Whether a service has taken them, or why not. */
  static String taken(Switches switches, JsonNode status) {
    String problem = status.path("problem").asText();
    if (!problem.isEmpty()) {
      return "ignored: the file " + problem;
    }
    return status.path("serial").asLong() == switches.serial() ? "taken" : "not taken yet";
  }

  private static void members(JsonGenerator json, Switches switches, List<RunningAgent> agents)
      throws IOException {
    json.writeNumberField("serial", switches.serial());
    if (switches.expires() != null) {
      json.writeStringField("expires", switches.expires().toString());
    }
    json.writeObjectFieldStart("switches");
    for (Map.Entry<String, String> entry : new TreeMap<>(switches.values()).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("services");
    for (RunningAgent agent : agents) {
      JsonNode status = agent.report().path("switches");
      json.writeStartObject();
      json.writeStringField("service", agent.service());
      json.writeNumberField("pid", agent.pid());
      json.writeNumberField("serial", status.path("serial").asLong());
      json.writeStringField("problem", status.path("problem").asText());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
