package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.analysis.ai.Tokens;
import dev.engram.collector.query.HitRequests;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests that an error hit: who made them, which there are, and a typical one. */
final class HitRequestsView {
  /** Most routes, and calls of models, that have a line. */
  private static final int MOST = 5;

  private HitRequestsView() {}

  static void print(HitRequests requests, Terminal terminal, ZoneId zone) {
    PrintStream out = terminal.out();
    if (requests.all().isEmpty()) {
      out.println("it hit no remembered request");
      return;
    }
    if (requests.all().size() > 1) {
      routes(requests, out);
    }
    requests.typical().ifPresent(typical -> typical(typical.row(), requests, terminal));
    out.println();
    out.println("requests it hit, newest first");
    SpanView.table(requests.all(), terminal, zone);
  }

  private static void routes(HitRequests requests, PrintStream out) {
    String users = requests.users() == 1 ? " user" : " users";
    out.println(
        "the newest "
            + requests.all().size()
            + " requests it hit"
            + (requests.users() == 0 ? "" : ", of " + requests.users() + users));
    requests.routes().entrySet().stream().limit(MOST).forEach(route -> route(route, out));
    int more = requests.routes().size() - MOST;
    if (more > 0) {
      out.println("  and " + more + (more == 1 ? " other route" : " other routes"));
    }
    out.println();
  }

  private static void route(Map.Entry<String, Long> route, PrintStream out) {
    out.println(String.format("  %2d  ", route.getValue()) + SafeText.of(route.getKey()));
  }

  private static void typical(SpanRow typical, HitRequests requests, Terminal terminal) {
    PrintStream out = terminal.out();
    out.println(
        "a typical one: "
            + SafeText.of(typical.name())
            + ", "
            + Units.duration(typical.durationNanos())
            + " ("
            + terminal.style().dim("engram show " + SpanIds.hex(typical.spanId()))
            + ")");
    requests.statement().map(StoredSpan::row).ifPresent(it -> statement(it, out));
    requests.models().stream().limit(MOST).forEach(call -> model(call.row(), out));
    int more = requests.models().size() - MOST;
    if (more > 0) {
      out.println("  and " + more + " more calls of models");
    }
  }

  private static void statement(SpanRow statement, PrintStream out) {
    out.println(
        "  slowest SQL  "
            + Units.duration(statement.durationNanos())
            + "  "
            + SafeText.of(text(statement)));
  }

  private static String text(SpanRow statement) {
    return String.valueOf(statement.attributes().get("db.query.text")).replaceAll("\\s+", " ");
  }

  private static void model(SpanRow span, PrintStream out) {
    AiCall call = AiCall.of(span);
    Tokens tokens = call.tokens();
    String model = call.model().isEmpty() ? span.name() : call.model();
    out.println(
        "  model        "
            + Units.duration(call.durationNanos())
            + "  "
            + SafeText.of(model)
            + (tokens == null
                ? ""
                : ", "
                    + Units.count(tokens.input())
                    + " tokens in, "
                    + Units.count(tokens.output())
                    + " out")
            + (call.failed() ? ", failed" : "")
            + " (engram ai show "
            + SpanIds.hex(span.spanId())
            + ")");
  }

  /** Members of an error. */
  static void members(JsonGenerator json, HitRequests requests) throws IOException {
    json.writeNumberField("users", requests.users());
    json.writeArrayFieldStart("routes");
    for (Map.Entry<String, Long> route : requests.routes().entrySet()) {
      json.writeStartObject();
      json.writeStringField("name", route.getKey());
      json.writeNumberField("requests", route.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    span(json, "typical_request", requests.typical());
    span(json, "typical_statement", requests.statement());
    spans(json, "typical_ai_calls", requests.models());
    spans(json, "requests", requests.all());
  }

  /** Left out where there is none. */
  private static void span(JsonGenerator json, String name, Optional<StoredSpan> span)
      throws IOException {
    if (span.isPresent()) {
      json.writeObjectFieldStart(name);
      SpanView.members(json, span.get());
      json.writeEndObject();
    }
  }

  private static void spans(JsonGenerator json, String name, List<StoredSpan> spans)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (StoredSpan span : spans) {
      json.writeStartObject();
      SpanView.members(json, span);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
