package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.store.MetricSummary;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Metrics as table rows and as JSON. */
public final class MetricView {
  private MetricView() {}

  public static void table(List<MetricSummary> metrics, Terminal terminal) {
    Table table =
        new Table()
            .column("LAST", Layout.RIGHT)
            .column("MIN", Layout.RIGHT)
            .column("MAX", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("INSTANCE", Layout.LEFT)
            .column("METRIC", Layout.FLEXIBLE);
    metrics.forEach(metric -> row(table, metric, terminal.style()));
    table.print(terminal);
  }

  private static void row(Table table, MetricSummary metric, Style style) {
    table.row(
        Cell.of(Units.reading(metric.last(), metric.unit()), style::bold),
        Cell.of(Units.reading(metric.min(), metric.unit())),
        Cell.of(Units.reading(metric.max(), metric.unit())),
        Cell.of(metric.service()),
        Cell.of(metric.instance().toString().substring(0, 8), style::dim),
        Cell.of(name(metric)));
  }

  private static String name(MetricSummary metric) {
    return metric.name()
        + new TreeMap<>(metric.attributes())
            .values().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", " (", ")"))
                .replace(" ()", "");
  }

  public static String json(MetricSummary metric) {
    return JsonLines.line(json -> members(json, metric));
  }

  private static void members(JsonGenerator json, MetricSummary metric) throws IOException {
    json.writeStringField("name", metric.name());
    json.writeStringField("unit", metric.unit());
    json.writeStringField("service", metric.service());
    json.writeStringField("instance", metric.instance().toString());
    json.writeNumberField("count", metric.count());
    json.writeNumberField("last", metric.last());
    json.writeStringField("last_time", Units.rfc3339(metric.lastEpochNanos()));
    json.writeNumberField("min", metric.min());
    json.writeNumberField("max", metric.max());
    JsonLines.map(json, "attributes", new TreeMap<>(metric.attributes()));
  }
}
