package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.query.PayloadExcerpt;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Spans as table rows and as JSON. */
public final class SpanView {
  private SpanView() {}

  public static void table(List<StoredSpan> spans, Terminal terminal, ZoneId zone) {
    Table table =
        new Table()
            .column("START", Layout.LEFT)
            .column("DURATION", Layout.RIGHT)
            .column("STATUS", Layout.LEFT)
            .column("CODE", Layout.RIGHT)
            .column("ERRORS", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("ID", Layout.LEFT)
            .column("REQUEST", Layout.FLEXIBLE);
    spans.forEach(span -> row(table, span, terminal.style(), zone));
    table.print(terminal);
  }

  private static void row(Table table, StoredSpan span, Style style, ZoneId zone) {
    SpanRow row = span.row();
    table.row(
        Cell.of(Units.time(row.startEpochNanos(), zone)),
        Cell.of(Units.duration(row.durationNanos())),
        Cell.of(status(row), text -> style.status(row.status(), text)),
        Cell.of(responseCode(row)),
        Cell.of(span.exceptions() == 0 ? "" : Units.count(span.exceptions())),
        Cell.of(span.service()),
        Cell.of(SpanIds.hex(row.spanId()), style::dim),
        Cell.of(row.name()));
  }

  /** The one-line form of following: what a table row says, without alignment over many rows. */
  public static String line(StoredSpan span, Style style, ZoneId zone) {
    SpanRow row = span.row();
    return String.join(
        "  ",
        Units.time(row.startEpochNanos(), zone),
        String.format("%9s", Units.duration(row.durationNanos())),
        style.status(row.status(), String.format("%-11s", SafeText.of(status(row)))),
        String.format("%4s", SafeText.of(responseCode(row))),
        style.service(span.service()),
        style.dim(SpanIds.hex(row.spanId())),
        SafeText.of(row.name()));
  }

  /** The headings over the lines of following. */
  public static String lineHeading(Style style) {
    return style.bold(
        String.format(
            "%-23s  %9s  %-11s  %4s  %s",
            "START", "DURATION", "STATUS", "CODE", "SERVICE  ID  REQUEST"));
  }

  /** Most spans leave their status unset, which is no news to people. */
  private static String status(SpanRow row) {
    return row.status().equals("unset") ? "-" : row.status();
  }

  public static String json(StoredSpan span) {
    return JsonLines.line(json -> members(json, span));
  }

  /** The same with its bodies, prompts and answers. */
  static String json(StoredSpan span, List<PayloadExcerpt> payloads) {
    return JsonLines.line(
        json -> {
          members(json, span);
          TraceView.payloads(json, payloads);
        });
  }

  /** The same with its arrival, behind which following can go on. */
  public static String followed(StoredSpan span) {
    return JsonLines.line(
        json -> {
          members(json, span);
          json.writeNumberField("arrival", span.arrival());
        });
  }

  static void members(JsonGenerator json, StoredSpan span) throws IOException {
    SpanRow row = span.row();
    json.writeStringField("trace_id", row.traceId().hex());
    json.writeStringField("span_id", SpanIds.hex(row.spanId()));
    if (row.parentSpanId() != 0) {
      json.writeStringField("parent_span_id", SpanIds.hex(row.parentSpanId()));
    }
    json.writeStringField("service", span.service());
    json.writeStringField("instance", row.instance().toString());
    json.writeStringField("kind", row.kind());
    json.writeStringField("category", row.category());
    json.writeStringField("name", row.name());
    json.writeStringField("start", Units.rfc3339(row.startEpochNanos()));
    json.writeNumberField("duration_ns", row.durationNanos());
    json.writeStringField("status", row.status());
    if (row.statusDescription() != null) {
      json.writeStringField("status_description", row.statusDescription());
    }
    json.writeNumberField("exceptions", span.exceptions());
    JsonLines.map(json, "attributes", new TreeMap<>(row.attributes()));
  }

  static String responseCode(SpanRow row) {
    Map<String, Object> attributes = row.attributes();
    return String.valueOf(attributes.getOrDefault("http.response.status_code", ""));
  }
}
