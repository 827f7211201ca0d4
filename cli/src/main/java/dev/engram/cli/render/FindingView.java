package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.collector.analysis.Finding;
import dev.engram.collector.query.SpanIds;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What costs time, as table rows and as JSON. */
final class FindingView {
  private FindingView() {}

  static void row(Table table, Finding finding, Style style) {
    table.row(
        Cell.of(InsightView.word(finding.severity()), style::dim),
        Cell.of(Units.duration(finding.totalNanos())),
        Cell.of(Units.count(finding.executions())),
        Cell.of(words(finding), style::yellow),
        Cell.of(SpanIds.hex(finding.spanId()), style::dim),
        Cell.of(finding.service()),
        Cell.of(statement(finding)));
  }

  private static String words(Finding finding) {
    Map<String, Long> evidence = finding.evidence();
    return switch (finding.kind()) {
      case N_PLUS_ONE ->
          "N+1: up to " + Units.count(evidence.getOrDefault("most_below_one", 0L)) + " in one";
      case SLOW_STATEMENT -> "slow: p95 " + Units.duration(evidence.getOrDefault("p95_ns", 0L));
      case EMPTY_STATEMENT -> "never returns a row";
      case CALL_IN_TRANSACTION ->
          "call in a transaction: open for up to "
              + Units.duration(evidence.getOrDefault("longest_open_ns", 0L));
    };
  }

  /** Of a transaction the call that it waited for, then where, then what it began with. */
  private static String statement(Finding finding) {
    String text = finding.statement().strip().replaceAll("\\s+", " ");
    Finding.Call call = finding.call();
    if (call == null) {
      return text;
    }
    return call.name()
        + (call.address().isEmpty() ? "" : " to " + call.address())
        + (call.port() == 0 ? "" : ":" + call.port())
        + (call.request().isEmpty() ? "" : " in " + call.request())
        + (text.isEmpty() ? "" : " after " + text);
  }

  static String json(Finding finding) {
    return JsonLines.line(json -> members(json, finding));
  }

  private static void members(JsonGenerator json, Finding finding) throws IOException {
    json.writeStringField("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("severity", InsightView.word(finding.severity()));
    json.writeStringField("service", finding.service());
    json.writeNumberField("count", finding.executions());
    json.writeNumberField("total_ns", finding.totalNanos());
    JsonLines.map(json, "evidence", finding.evidence());
    json.writeStringField("trace_id", finding.traceId().hex());
    json.writeStringField("span_id", SpanIds.hex(finding.spanId()));
    JsonLines.map(json, "attributes", attributes(finding));
  }

  private static Map<String, Object> attributes(Finding finding) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("db.query.text", finding.statement());
    attributes.put("db.system.name", finding.system());
    Finding.Call call = finding.call();
    if (call != null) {
      attributes.put("engram.request.name", call.request());
      attributes.put("engram.call.name", call.name());
      attributes.put("server.address", call.address());
      attributes.put("server.port", call.port());
    }
    return attributes;
  }
}
