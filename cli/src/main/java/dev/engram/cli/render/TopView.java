package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.RouteSummary;
import dev.engram.collector.analysis.ai.AiSummary;
import dev.engram.collector.store.Loss;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What services are busy with.
 *
 * @param seconds that the figures are of
 * @param routes all of them, that with the most time first
 * @param errors the most frequent ones
 * @param ai calls of models by model, most expensive first
 */
public record TopView(
    long nowEpochNanos,
    int seconds,
    List<RouteSummary> routes,
    List<ErrorGroup> errors,
    List<AiSummary> ai,
    List<Loss> losses) {
  /** An empty terminal with the cursor in its first cell. */
  public static final String CLEARED = "\u001b[H\u001b[2J";

  private static final int MOST_ROUTES = 12;

  /** The line behind the last one, which a terminal wants to see. */
  private static final int CURSOR = 1;

  /**
   * Prints it.
   *
   * @param height lines there are room for: routes get most of them
   */
  public void print(Terminal terminal, ZoneId zone, int height) {
    terminal.out().println(heading(terminal.style(), zone));
    if (!losses.isEmpty()) {
      String line = SafeText.of(LossView.line(losses, zone, nowEpochNanos));
      terminal.out().println(terminal.style().red(DisplayWidth.cut(line, terminal.width())));
    }
    int left = height - (losses.isEmpty() ? 1 : 2) - CURSOR;
    int others = left / 4;
    routes(terminal, left - others - (ai.isEmpty() ? 0 : others));
    errors(terminal, others);
    ai(terminal, others);
  }

  private String heading(Style style, ZoneId zone) {
    return style.bold(Units.time(nowEpochNanos, zone))
        + "  last "
        + seconds
        + " s: "
        + rate(requests().of())
        + " requests/s, "
        + Units.percent(requests().rate())
        + " failed";
  }

  private void routes(Terminal terminal, int lines) {
    Table table =
        new Table()
            .column("REQUESTS/S", Layout.RIGHT)
            .column("FAILED", Layout.RIGHT)
            .column("TIME", Layout.RIGHT)
            .column("P50", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("ROUTE", Layout.FLEXIBLE);
    routes.stream().limit(MOST_ROUTES).forEach(it -> row(table, it, terminal.style()));
    section(terminal, table, routes, "no requests", lines);
  }

  private void row(Table table, RouteSummary it, Style style) {
    UnaryOperator<String> paint = it.failed().count() == 0 ? style::dim : style::red;
    table.row(
        Cell.of(rate(it.count())),
        Cell.of(Units.percent(it.failed().rate()), paint),
        Cell.of(Units.duration(it.totalNanos())),
        Cell.of(Units.duration(it.p50Nanos())),
        Cell.of(Units.duration(it.p95Nanos())),
        Cell.of(it.service()),
        Cell.of(it.name()));
  }

  private void errors(Terminal terminal, int lines) {
    Table table =
        new Table()
            .column("ERRORS", Layout.RIGHT)
            .column("TREND", Layout.LEFT)
            .column("ID", Layout.LEFT)
            .column("ERROR", Layout.FLEXIBLE);
    for (ErrorGroup it : errors) {
      table.row(
          Cell.of(Units.count(it.count()), terminal.style()::red),
          Cell.of(Sparkline.of(it.trend())),
          Cell.of(it.label(), terminal.style()::dim),
          Cell.of(ErrorGroupView.headline(it.type(), it.message())));
    }
    section(terminal, table, errors, "no errors", lines);
  }

  private void ai(Terminal terminal, int lines) {
    if (ai.isEmpty()) {
      return;
    }
    Table table =
        new Table()
            .column("COST", Layout.RIGHT)
            .column("CALLS/S", Layout.RIGHT)
            .column("FAILED", Layout.RIGHT)
            .column("P95", Layout.RIGHT)
            .column("MODEL", Layout.FLEXIBLE);
    for (AiSummary it : ai) {
      table.row(
          Cell.of(Units.dollars(it.costUsd()), terminal.style()::bold),
          Cell.of(rate(it.calls())),
          Cell.of(Units.percent(it.failed().rate())),
          Cell.of(Units.duration(it.p95Nanos())),
          Cell.of(it.key()));
    }
    section(terminal, table, ai, "", lines);
  }

  private static void section(
      Terminal terminal, Table table, List<?> entries, String none, int lines) {
    terminal.out().println();
    if (entries.isEmpty()) {
      terminal.out().println(terminal.style().dim(none));
    } else {
      table.print(terminal, lines - 1);
    }
  }

  /** One object. */
  public String json() {
    return JsonLines.line(this::members);
  }

  private void members(JsonGenerator json) throws IOException {
    json.writeStringField("time", Units.rfc3339(nowEpochNanos));
    json.writeNumberField("window_s", seconds);
    json.writeNumberField("requests", requests().of());
    JsonLines.proportion(json, "failed", "failure_rate", requests());
    json.writeNumberField("lost", losses.stream().mapToLong(Loss::count).sum());
    json.writeArrayFieldStart("routes");
    for (RouteSummary it : routes) {
      route(json, it);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("errors");
    for (ErrorGroup it : errors) {
      json.writeStartObject();
      json.writeStringField("id", it.label());
      json.writeStringField("type", it.type());
      json.writeNumberField("count", it.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    JsonLines.number(json, "ai_cost_usd", cost());
  }

  private static void route(JsonGenerator json, RouteSummary it) throws IOException {
    json.writeStartObject();
    json.writeStringField("service", it.service());
    json.writeStringField("name", it.name());
    json.writeNumberField("requests", it.count());
    JsonLines.proportion(json, "failed", "failure_rate", it.failed());
    json.writeNumberField("total_ns", it.totalNanos());
    JsonLines.duration(json, "p50_ns", it.p50Nanos());
    JsonLines.duration(json, "p95_ns", it.p95Nanos());
    json.writeEndObject();
  }

  private double cost() {
    return ai.stream()
        .map(AiSummary::costUsd)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private Proportion requests() {
    long count = routes.stream().mapToLong(RouteSummary::count).sum();
    return new Proportion(routes.stream().mapToLong(it -> it.failed().count()).sum(), count);
  }

  private String rate(long count) {
    return String.format(Locale.ROOT, "%.1f", (double) count / seconds);
  }
}
