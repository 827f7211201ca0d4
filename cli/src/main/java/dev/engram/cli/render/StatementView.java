package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.SlowStatement;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.StatementSummary;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SQL statements as table rows and as JSON. */
public final class StatementView {
  private StatementView() {}

  public static void table(List<SlowStatement> statements, Terminal terminal) {
    Table table =
        new Table()
            .column("TOTAL", Layout.RIGHT)
            .column("SHARE", Layout.RIGHT)
            .column("COUNT", Layout.RIGHT)
            .column("ERRORS", Layout.RIGHT)
            .column("MEAN", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("MAX", Layout.RIGHT)
            .column("SLOWEST", Layout.LEFT)
            .column("SERVICE", Layout.LEFT)
            .column("STATEMENT", Layout.FLEXIBLE);
    statements.forEach(statement -> row(table, statement, terminal.style()));
    table.print(terminal);
  }

  private static void row(Table table, SlowStatement statement, Style style) {
    StatementSummary summary = statement.summary();
    table.row(
        Cell.of(Units.duration(summary.totalNanos())),
        Cell.of(Units.share(statement.share())),
        Cell.of(Units.count(summary.count())),
        Cell.of(summary.errors() == 0 ? "" : Units.count(summary.errors()), style::red),
        Cell.of(Units.duration(statement.meanNanos())),
        Cell.of(Units.duration(summary.p95Nanos())),
        Cell.of(Units.duration(summary.maxNanos())),
        Cell.of(SpanIds.hex(summary.maxSpanId()), style::dim),
        Cell.of(summary.service()),
        Cell.of(summary.text().strip().replaceAll("\\s+", " ")));
  }

  public static String json(SlowStatement statement) {
    return JsonLines.line(json -> members(json, statement));
  }

  private static void members(JsonGenerator json, SlowStatement statement) throws IOException {
    StatementSummary summary = statement.summary();
    json.writeStringField("service", summary.service());
    json.writeNumberField("count", summary.count());
    json.writeNumberField("errors", summary.errors());
    json.writeNumberField("total_ns", summary.totalNanos());
    json.writeNumberField("mean_ns", statement.meanNanos());
    json.writeNumberField("p50_ns", summary.p50Nanos());
    json.writeNumberField("p95_ns", summary.p95Nanos());
    json.writeNumberField("max_ns", summary.maxNanos());
    json.writeNumberField("share", statement.share());
    json.writeStringField("slowest_trace_id", summary.maxTraceId().hex());
    json.writeStringField("slowest_span_id", SpanIds.hex(summary.maxSpanId()));
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("db.query.text", summary.text());
    attributes.put("db.system.name", summary.system());
    JsonLines.map(json, "attributes", attributes);
  }
}
