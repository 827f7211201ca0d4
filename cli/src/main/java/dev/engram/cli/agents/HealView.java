package dev.engram.cli.agents;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Switches;
import dev.engram.cli.Invocation;
import dev.engram.cli.render.JsonLines;
import dev.engram.cli.render.SafeText;
import dev.engram.cli.render.Table;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What services may do about failures.
 *
 * @param switches as they are now; services may not have taken them yet
 */
record HealView(Switches switches, List<RunningAgent> agents) {
  private static final String SETTING = "engram." + HealLevel.KEY;

  void print(Invocation invocation) {
    String switched = switched();
    invocation
        .terminal()
        .out()
        .println(
            switched == null
                ? "not switched: each service does what it was started with"
                : "switched to " + SafeText.of(switched) + until());
    if (agents.isEmpty()) {
      return;
    }
    Table table =
        new Table()
            .column("SERVICE", Layout.LEFT)
            .column("PID", Layout.RIGHT)
            .column("HEAL", Layout.LEFT)
            .column("TAKEN", Layout.FLEXIBLE);
    for (RunningAgent agent : agents) {
      table.row(
          Cell.of(agent.service()),
          Cell.of(Long.toString(agent.pid())),
          Cell.of(level(agent)),
          Cell.of(SwitchesView.taken(switches, agent.report().path("switches"))));
    }
    table.print(invocation.terminal());
  }

  String json() {
    return JsonLines.line(this::members);
  }

  private void members(JsonGenerator json) throws IOException {
    String switched = switched();
    if (switched != null) {
      json.writeStringField("switched", switched);
      if (switches.expires() != null) {
        json.writeStringField("expires", switches.expires().toString());
      }
    }
    json.writeArrayFieldStart("services");
    for (RunningAgent agent : agents) {
      json.writeStartObject();
      json.writeStringField("service", agent.service());
      json.writeNumberField("pid", agent.pid());
      json.writeStringField("heal", level(agent));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private @Nullable String switched() {
    return switches.values().get(HealLevel.KEY);
  }

  private String until() {
    return switches.expires() == null ? "" : " until " + switches.expires();
  }

  /** Empty of an agent that is older than healing. */
  private static String level(RunningAgent agent) {
    return agent.elements("settings").stream()
        .filter(setting -> setting.path("key").asText().equals(SETTING))
        .map(setting -> setting.path("value").asText())
        .findFirst()
        .orElse("");
  }
}
