package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.workflow.WorkflowSummary;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Edge;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Node;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Recommendation;
import dev.engram.collector.analysis.workflow.WorkflowSummary.Variant;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Workflows as table rows and as JSON; one alone also with its nodes and ways. */
public final class WorkflowView {
  private static final String THEN = " > ";

  private WorkflowView() {}

  public static void table(List<WorkflowSummary> workflows, Terminal terminal) {
    Table table =
        new Table()
            .column("RUNS", Layout.RIGHT)
            .column("SUCCESS", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT)
            .column("UNDECIDED", Layout.RIGHT)
            .column("P50", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("COST", Layout.RIGHT)
            .column("UNPRICED", Layout.RIGHT)
            .column("BOTTLENECK", Layout.LEFT)
            .column("SERVICE", Layout.LEFT)
            .column("WORKFLOW", Layout.FLEXIBLE);
    workflows.forEach(workflow -> row(table, workflow, terminal.style()));
    table.print(terminal);
    if (workflows.size() == 1) {
      details(workflows.get(0), terminal);
    }
  }

  private static void row(Table table, WorkflowSummary it, Style style) {
    table.row(
        Cell.of(Units.count(it.runs()), style::bold),
        Cell.of(it.succeeded().of() == 0 ? "-" : Units.percent(it.succeeded().rate())),
        Cell.of(AiSummaryView.between(it.succeeded())),
        Cell.of(it.undecided() == 0 ? "" : Units.count(it.undecided())),
        Cell.of(Units.duration(it.p50Nanos())),
        Cell.of(Units.duration(it.p95Nanos())),
        Cell.of(Units.dollars(it.costUsd())),
        Cell.of(it.unpriced() == 0 ? "" : it.unpriced() + " of " + it.calls()),
        Cell.of(bottleneck(it), style::yellow),
        Cell.of(it.service()),
        Cell.of(it.name().isEmpty() ? "-" : it.name(), style::cyan));
  }

  private static String bottleneck(WorkflowSummary it) {
    Node slowest = it.bottleneck();
    return slowest == null ? "-" : slowest.name() + " " + Units.share(slowest.ownShare());
  }

  private static void details(WorkflowSummary workflow, Terminal terminal) {
    terminal.out().println();
    nodes(workflow.nodes(), terminal);
    terminal.out().println();
    variants(workflow.variants(), terminal);
    terminal.out().println();
    terminal.out().println(SafeText.of(words(workflow)));
  }

  private static void nodes(List<Node> nodes, Terminal terminal) {
    Style style = terminal.style();
    Table table =
        new Table()
            .column("OWN TIME", Layout.RIGHT)
            .column("SHARE", Layout.RIGHT)
            .column("VISITS", Layout.RIGHT)
            .column("P50", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("MAX", Layout.RIGHT)
            .column("ERRORS", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT)
            .column("FAILED RUNS", Layout.RIGHT)
            .column("COST", Layout.RIGHT)
            .column("OF COST", Layout.RIGHT)
            .column("NODE", Layout.FLEXIBLE);
    for (Node it : nodes) {
      table.row(
          Cell.of(Units.duration(it.ownNanos())),
          Cell.of(Units.share(it.ownShare()), style::bold),
          Cell.of(Units.count(it.visits())),
          Cell.of(Units.duration(it.p50Nanos())),
          Cell.of(Units.duration(it.p95Nanos())),
          Cell.of(Units.duration(it.maxNanos())),
          Cell.of(
              Units.percent(it.failed().rate()),
              text -> it.failed().count() == 0 ? text : style.red(text)),
          Cell.of(AiSummaryView.between(it.failed())),
          Cell.of(it.failedRuns().of() == 0 ? "" : Units.share(it.failedRuns().rate())),
          Cell.of(Units.dollars(it.costUsd())),
          Cell.of(it.costUsd() == null ? "" : Units.share(it.costShare())),
          Cell.of(it.name(), style::cyan));
    }
    table.print(terminal);
  }

  private static void variants(List<Variant> variants, Terminal terminal) {
    Style style = terminal.style();
    Table table =
        new Table()
            .column("RUNS", Layout.RIGHT)
            .column("SUCCESS", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT)
            .column("P(BEST)", Layout.RIGHT)
            .column("EXPECTED LOSS", Layout.RIGHT)
            .column("P50", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("COST A RUN", Layout.RIGHT)
            .column("VARIANT", Layout.FLEXIBLE);
    for (Variant it : variants) {
      table.row(
          Cell.of(Units.count(it.runs()), style::bold),
          Cell.of(it.succeeded().of() == 0 ? "-" : Units.percent(it.succeeded().rate())),
          Cell.of(AiSummaryView.between(it.succeeded())),
          Cell.of(probability(it.best())),
          Cell.of(Double.isNaN(it.expectedLoss()) ? "-" : Units.percent(it.expectedLoss())),
          Cell.of(Units.duration(it.p50Nanos())),
          Cell.of(Units.duration(it.p95Nanos())),
          Cell.of(Units.dollars(it.costPerRun())),
          Cell.of(way(it.nodes())));
    }
    table.print(terminal);
  }

  private static String probability(double probability) {
    return Double.isNaN(probability) ? "-" : String.format(Locale.ROOT, "%.3f", probability);
  }

  private static String way(List<String> nodes) {
    return nodes.isEmpty() ? "-" : String.join(THEN, nodes);
  }

  private static String words(WorkflowSummary workflow) {
    Recommendation it = workflow.recommendation();
    if (it == null) {
      return "no variant is associated with more success surely enough to recommend it";
    }
    String inputs =
        switch (it.inputs()) {
          case 0 -> "whose inputs are not known";
          case 1 -> "with the same input";
          default -> "with the same " + it.inputs() + " inputs";
        };
    return way(it.nodes())
        + " is associated with more success than the other variants: P(best) "
        + probability(it.best())
        + " of "
        + it.compared()
        + ", over "
        + Units.count(it.runs())
        + " runs "
        + inputs
        + "; what else differed between the runs is not known";
  }

  /** One of them in one line. */
  public static String json(WorkflowSummary workflow) {
    return JsonLines.line(json -> members(json, workflow));
  }

  private static void members(JsonGenerator json, WorkflowSummary it) throws IOException {
    json.writeStringField("service", it.service());
    json.writeNumberField("runs", it.runs());
    json.writeNumberField("decided", it.succeeded().of());
    JsonLines.proportion(json, "succeeded", "success_rate", it.succeeded());
    json.writeNumberField("undecided", it.undecided());
    JsonLines.duration(json, "p50_ns", it.p50Nanos());
    JsonLines.duration(json, "p95_ns", it.p95Nanos());
    JsonLines.number(json, "cost_usd", it.costUsd());
    json.writeNumberField("ai_calls", it.calls());
    json.writeNumberField("unpriced", it.unpriced());
    Node bottleneck = it.bottleneck();
    json.writeStringField("bottleneck", bottleneck == null ? null : bottleneck.name());
    json.writeArrayFieldStart("nodes");
    for (Node node : it.nodes()) {
      node(json, node);
    }
    json.writeEndArray();
    edges(json, it);
    json.writeArrayFieldStart("variants");
    for (Variant variant : it.variants()) {
      variant(json, variant);
    }
    json.writeEndArray();
    recommendation(json, it);
    JsonLines.map(json, "attributes", Map.of("gen_ai.workflow.name", it.name()));
  }

  private static void node(JsonGenerator json, Node it) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", it.name());
    json.writeNumberField("visits", it.visits());
    JsonLines.proportion(json, "errors", "error_rate", it.failed());
    JsonLines.proportion(json, "failed_runs", "failed_runs_rate", it.failedRuns());
    JsonLines.duration(json, "p50_ns", it.p50Nanos());
    JsonLines.duration(json, "p95_ns", it.p95Nanos());
    JsonLines.duration(json, "max_ns", it.maxNanos());
    json.writeNumberField("own_ns", it.ownNanos());
    json.writeNumberField("own_share", it.ownShare());
    JsonLines.number(json, "cost_usd", it.costUsd());
    json.writeNumberField("cost_share", it.costShare());
    json.writeEndObject();
  }

  static void edges(JsonGenerator json, WorkflowSummary workflow) throws IOException {
    json.writeArrayFieldStart("edges");
    for (Edge edge : workflow.edges()) {
      json.writeStartObject();
      json.writeStringField("from", edge.from());
      json.writeStringField("to", edge.to());
      json.writeNumberField("count", edge.count());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void variant(JsonGenerator json, Variant it) throws IOException {
    json.writeStartObject();
    JsonLines.strings(json, "nodes", it.nodes());
    json.writeNumberField("runs", it.runs());
    json.writeNumberField("decided", it.succeeded().of());
    JsonLines.proportion(json, "succeeded", "success_rate", it.succeeded());
    JsonLines.duration(json, "p50_ns", it.p50Nanos());
    JsonLines.duration(json, "p95_ns", it.p95Nanos());
    JsonLines.number(json, "cost_usd_per_run", it.costPerRun());
    JsonLines.number(json, "p_best", Double.isNaN(it.best()) ? null : it.best());
    JsonLines.number(
        json, "expected_loss", Double.isNaN(it.expectedLoss()) ? null : it.expectedLoss());
    json.writeEndObject();
  }

  private static void recommendation(JsonGenerator json, WorkflowSummary workflow)
      throws IOException {
    Recommendation it = workflow.recommendation();
    if (it == null) {
      json.writeNullField("recommendation");
      return;
    }
    json.writeObjectFieldStart("recommendation");
    JsonLines.strings(json, "nodes", it.nodes());
    json.writeNumberField("p_best", it.best());
    json.writeNumberField("runs", it.runs());
    json.writeNumberField("inputs", it.inputs());
    json.writeNumberField("compared", it.compared());
    json.writeStringField("text", words(workflow));
    json.writeEndObject();
  }
}
