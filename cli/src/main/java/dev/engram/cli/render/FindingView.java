package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.Finding;
import dev.engram.collector.query.SpanIds;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Findings as table rows and as JSON. */
public final class FindingView {
  private FindingView() {}

  public static void table(List<Finding> findings, Terminal terminal) {
    Table table =
        new Table()
            .column("TOTAL", Layout.RIGHT)
            .column("COUNT", Layout.RIGHT)
            .column("INSIGHT", Layout.LEFT)
            .column("LOOK AT", Layout.LEFT)
            .column("SERVICE", Layout.LEFT)
            .column("STATEMENT", Layout.FLEXIBLE);
    findings.forEach(finding -> row(table, finding, terminal.style()));
    table.print(terminal);
  }

  private static void row(Table table, Finding finding, Style style) {
    table.row(
        Cell.of(Units.duration(finding.totalNanos())),
        Cell.of(Units.count(finding.executions())),
        Cell.of(words(finding), style::yellow),
        Cell.of(SpanIds.hex(finding.spanId()), style::dim),
        Cell.of(finding.service()),
        Cell.of(finding.statement().strip().replaceAll("\\s+", " ")));
  }

  private static String words(Finding finding) {
    Map<String, Long> evidence = finding.evidence();
    return switch (finding.kind()) {
      case N_PLUS_ONE ->
          "N+1: up to " + Units.count(evidence.getOrDefault("most_below_one", 0L)) + " in one";
      case SLOW_STATEMENT -> "slow: p95 " + Units.duration(evidence.getOrDefault("p95_ns", 0L));
      case EMPTY_STATEMENT -> "never returns a row";
    };
  }

  public static String json(Finding finding) {
    return JsonLines.line(json -> members(json, finding));
  }

  private static void members(JsonGenerator json, Finding finding) throws IOException {
    json.writeStringField("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("service", finding.service());
    json.writeNumberField("count", finding.executions());
    json.writeNumberField("total_ns", finding.totalNanos());
    JsonLines.map(json, "evidence", finding.evidence());
    json.writeStringField("trace_id", finding.traceId().hex());
    json.writeStringField("span_id", SpanIds.hex(finding.spanId()));
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("db.query.text", finding.statement());
    attributes.put("db.system.name", finding.system());
    JsonLines.map(json, "attributes", attributes);
  }
}
