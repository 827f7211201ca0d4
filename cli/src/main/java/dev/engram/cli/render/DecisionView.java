package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.decision.DecisionOutcome;
import dev.engram.collector.analysis.decision.JudgedDecision;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.DecisionRow;
import dev.engram.collector.store.FeedbackRow;
import dev.engram.collector.store.OutcomeRow;
import dev.engram.collector.store.TraceId;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decisions as table rows, one alone, and as JSON. */
public final class DecisionView {
  private DecisionView() {}

  public static void table(List<JudgedDecision> decisions, Terminal terminal, ZoneId zone) {
    Table table =
        new Table()
            .column("TIME", Layout.LEFT)
            .column("ID", Layout.LEFT)
            .column("OUTCOME", Layout.LEFT)
            .column("FROM", Layout.LEFT)
            .column("CONFIDENCE", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("MODEL", Layout.LEFT)
            .column("DECISION", Layout.LEFT)
            .column("CHOSEN", Layout.FLEXIBLE);
    decisions.forEach(decision -> row(table, decision, terminal.style(), zone));
    table.print(terminal);
  }

  private static void row(Table table, JudgedDecision it, Style style, ZoneId zone) {
    DecisionRow row = it.decision().row();
    table.row(
        Cell.of(Units.time(row.timeEpochNanos(), zone)),
        Cell.of(SpanIds.hex(row.decisionId()), style::dim),
        Cell.of(it.outcome().label().text(), text -> paint(it.outcome(), text, style)),
        Cell.of(orDash(it.outcome().source())),
        Cell.of(number(row.confidence())),
        Cell.of(it.decision().service()),
        Cell.of(orDash(it.model())),
        Cell.of(row.name()),
        Cell.of(oneLine(row.chosen())));
  }

  private static String paint(DecisionOutcome outcome, String text, Style style) {
    return switch (outcome.label()) {
      case SUCCESS -> style.green(text);
      case FAILURE -> style.red(text);
      case PARTIAL -> style.yellow(text);
      case UNKNOWN -> style.dim(text);
    };
  }

  /** All that is known of one. */
  public static void print(JudgedDecision it, Terminal terminal, ZoneId zone) {
    DecisionRow row = it.decision().row();
    Style style = terminal.style();
    PrintStream out = terminal.out();
    out.println(style.bold(SafeText.of(row.name())) + "  " + SpanIds.hex(row.decisionId()));
    line(out, "time", Units.time(row.timeEpochNanos(), zone));
    line(out, "service", it.decision().service());
    line(out, "model", it.model());
    line(
        out,
        "request",
        row.traceId().equals(TraceId.NONE) ? "" : "engram show " + row.traceId().hex());
    line(out, "chosen", row.chosen());
    line(out, "options", String.join(", ", row.options()));
    line(out, "confidence", confidence(row));
    for (int step = 0; step < row.reasoning().size(); step++) {
      line(out, step == 0 ? "reasoning" : "", (step + 1) + ". " + row.reasoning().get(step));
    }
    it.correlations().forEach((key, value) -> line(out, "correlation", key + "=" + value));
    DecisionOutcome outcome = it.outcome();
    String from = outcome.source().isEmpty() ? "" : " (" + outcome.source() + ")";
    line(out, "outcome", outcome.label().text() + from);
    it.told().forEach(told -> line(out, "told", said(told, zone)));
    it.feedback().forEach(feedback -> line(out, "feedback", said(feedback, zone)));
  }

  private static void line(PrintStream out, String what, String text) {
    if (!text.isEmpty()) {
      out.println(String.format("  %-12s %s", what, SafeText.of(oneLine(text))));
    }
  }

  private static String confidence(DecisionRow row) {
    return Double.isNaN(row.confidence())
        ? ""
        : number(row.confidence())
            + (row.confidenceSource().isEmpty() ? "" : " (" + row.confidenceSource() + ")");
  }

  private static String said(OutcomeRow told, ZoneId zone) {
    return Units.time(told.timeEpochNanos(), zone)
        + " "
        + told.label()
        + (Double.isNaN(told.value()) ? "" : " " + told.value())
        + by(told.author(), told.comment());
  }

  /** What somebody thinks, in a line. */
  static String said(FeedbackRow feedback, ZoneId zone) {
    return Units.time(feedback.timeEpochNanos(), zone)
        + " on the "
        + feedback.target()
        + (feedback.label() == null ? "" : " " + feedback.label())
        + (Double.isNaN(feedback.score()) ? "" : " " + feedback.score())
        + by(feedback.author(), feedback.comment());
  }

  private static String by(@Nullable String author, @Nullable String comment) {
    return (author == null ? "" : " by " + author) + (comment == null ? "" : ": " + comment);
  }

  public static String json(JudgedDecision decision) {
    return JsonLines.line(json -> members(json, decision));
  }

  private static void members(JsonGenerator json, JudgedDecision it) throws IOException {
    DecisionRow row = it.decision().row();
    json.writeStringField("decision_id", SpanIds.hex(row.decisionId()));
    json.writeStringField("time", Units.rfc3339(row.timeEpochNanos()));
    json.writeStringField("trace_id", row.traceId().hex());
    json.writeStringField("span_id", SpanIds.hex(row.spanId()));
    json.writeStringField("service", it.decision().service());
    json.writeStringField("instance", it.decision().instance().toString());
    json.writeStringField("name", row.name());
    texts(json, "options", row.options());
    json.writeStringField("chosen", row.chosen());
    DecisionSummaryView.known(json, "confidence", row.confidence());
    json.writeStringField("confidence_source", row.confidenceSource());
    texts(json, "reasoning", row.reasoning());
    json.writeStringField("outcome", it.outcome().label().text());
    json.writeStringField("outcome_source", it.outcome().source());
    told(json, it.told());
    feedback(json, it.feedback());
    JsonLines.map(json, "correlations", it.correlations());
    JsonLines.map(json, "attributes", new TreeMap<>(row.attributes()));
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void told(JsonGenerator json, List<OutcomeRow> told) throws IOException {
    json.writeArrayFieldStart("told");
    for (OutcomeRow row : told) {
      json.writeStartObject();
      json.writeStringField("time", Units.rfc3339(row.timeEpochNanos()));
      json.writeStringField("label", row.label());
      DecisionSummaryView.known(json, "value", row.value());
      json.writeStringField("author", row.author());
      json.writeStringField("comment", row.comment());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void feedback(JsonGenerator json, List<FeedbackRow> feedback) throws IOException {
    json.writeArrayFieldStart("feedback");
    for (FeedbackRow row : feedback) {
      json.writeStartObject();
      json.writeStringField("time", Units.rfc3339(row.timeEpochNanos()));
      json.writeStringField("target", row.target());
      json.writeStringField("label", row.label());
      DecisionSummaryView.known(json, "score", row.score());
      json.writeStringField("author", row.author());
      json.writeStringField("comment", row.comment());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
