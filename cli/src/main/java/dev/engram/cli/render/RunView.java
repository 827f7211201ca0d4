package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.workflow.NodeVisit;
import dev.engram.collector.analysis.workflow.Run;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.SpanRow;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs of workflows as table rows and as JSON. */
public final class RunView {
  private RunView() {}

  public static void table(List<Run> runs, Terminal terminal, ZoneId zone) {
    Table table =
        new Table()
            .column("START", Layout.LEFT)
            .column("DURATION", Layout.RIGHT)
            .column("STATUS", Layout.LEFT)
            .column("LEGS", Layout.RIGHT)
            .column("NODES", Layout.RIGHT)
            .column("COST", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("ID", Layout.LEFT)
            .column("RUN", Layout.LEFT)
            .column("WORKFLOW", Layout.LEFT)
            .column("VARIANT", Layout.FLEXIBLE);
    runs.forEach(run -> row(table, run, terminal.style(), zone));
    table.print(terminal);
  }

  private static void row(Table table, Run run, Style style, ZoneId zone) {
    table.row(
        Cell.of(Units.time(run.startEpochNanos(), zone)),
        Cell.of(Units.duration(run.durationNanos())),
        Cell.of(
            run.status().equals("unset") ? "-" : run.status(),
            text -> style.status(run.status(), text)),
        Cell.of(Units.count(run.legs())),
        Cell.of(Units.count(run.nodes().size())),
        Cell.of(Units.dollars(run.costUsd())),
        Cell.of(run.service()),
        Cell.of(SpanIds.hex(run.first().row().spanId()), style::dim),
        Cell.of(run.id()),
        Cell.of(run.workflow(), style::cyan),
        Cell.of(String.join(" > ", run.variant())));
  }

  public static String json(Run run) {
    return JsonLines.line(json -> members(json, run));
  }

  private static void members(JsonGenerator json, Run run) throws IOException {
    SpanRow first = run.first().row();
    json.writeStringField("trace_id", first.traceId().hex());
    json.writeStringField("span_id", SpanIds.hex(first.spanId()));
    json.writeStringField("service", run.service());
    json.writeStringField("start", Units.rfc3339(run.startEpochNanos()));
    json.writeStringField(
        "end", run.endEpochNanos() == 0 ? null : Units.rfc3339(run.endEpochNanos()));
    JsonLines.duration(json, "duration_ns", run.durationNanos());
    json.writeStringField("status", run.status());
    json.writeNumberField("legs", run.legs());
    JsonLines.strings(json, "variant", run.variant());
    json.writeArrayFieldStart("nodes");
    for (NodeVisit visit : run.nodes()) {
      visit(json, visit);
    }
    json.writeEndArray();
    JsonLines.number(json, "cost_usd", run.costUsd());
    json.writeNumberField("ai_calls", run.calls());
    json.writeNumberField("unpriced", run.unpriced());
    JsonLines.map(json, "attributes", attributes(run));
  }

  private static void visit(JsonGenerator json, NodeVisit visit) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", visit.name());
    json.writeStringField("span_id", SpanIds.hex(visit.key().spanId()));
    json.writeStringField("start", Units.rfc3339(visit.startEpochNanos()));
    JsonLines.duration(json, "duration_ns", visit.durationNanos());
    json.writeStringField("status", visit.status());
    json.writeStringField("from", visit.from());
    json.writeEndObject();
  }

  private static Map<String, String> attributes(Run run) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("gen_ai.workflow.name", run.workflow());
    attributes.put("engram.workflow.engine", run.engine());
    attributes.put("engram.workflow.run.id", run.id());
    if (!run.inputHash().isEmpty()) {
      attributes.put("engram.workflow.input.hash", run.inputHash());
    }
    return attributes;
  }
}
