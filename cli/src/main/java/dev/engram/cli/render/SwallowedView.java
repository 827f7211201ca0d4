package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.SwallowedThrows;
import java.io.IOException;
import java.util.List;

/** Sites of swallowed exceptions as table rows and as JSON. */
public final class SwallowedView {
  private SwallowedView() {}

  public static void table(List<SwallowedThrows> sites, Terminal terminal, long nowEpochNanos) {
    Table table =
        new Table()
            .column("COUNT", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT)
            .column("PER HOUR", Layout.RIGHT)
            .column("FIRST", Layout.RIGHT)
            .column("LAST", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("SITE", Layout.LEFT)
            .column("TYPE", Layout.FLEXIBLE);
    sites.forEach(site -> row(table, site, terminal.style(), nowEpochNanos));
    table.print(terminal);
    terminal.out().println();
    terminal
        .out()
        .println(
            "wrappers of an exception that was seen before are counted here too, escaped or not; so"
                + " is what was answered with a status below 500");
  }

  private static void row(Table table, SwallowedThrows it, Style style, long nowEpochNanos) {
    table.row(
        Cell.of(Units.count(it.count()), style::bold),
        Cell.of(interval(it)),
        Cell.of(Units.count(Math.round(it.perHour()))),
        Cell.of(Units.ago(it.firstSeenEpochNanos(), nowEpochNanos)),
        Cell.of(Units.ago(it.lastSeenEpochNanos(), nowEpochNanos)),
        Cell.of(it.service()),
        Cell.of(it.site() == null ? "-" : it.site(), style::yellow),
        Cell.of(it.type()));
  }

  private static String interval(SwallowedThrows it) {
    return it.low() == it.high() ? "exact" : Units.count(it.low()) + "-" + Units.count(it.high());
  }

  public static String json(SwallowedThrows it) {
    return JsonLines.line(json -> members(json, it));
  }

  private static void members(JsonGenerator json, SwallowedThrows it) throws IOException {
    json.writeStringField("service", it.service());
    json.writeStringField("type", it.type());
    json.writeStringField("site", it.site());
    json.writeNumberField("count", it.count());
    json.writeNumberField("low", it.low());
    json.writeNumberField("high", it.high());
    json.writeNumberField("per_hour", it.perHour());
    json.writeNumberField("constructed", it.constructed());
    json.writeStringField("first_seen", Units.rfc3339(it.firstSeenEpochNanos()));
    json.writeStringField("last_seen", Units.rfc3339(it.lastSeenEpochNanos()));
    json.writeArrayFieldStart("frames");
    for (String frame : it.frames()) {
      json.writeString(frame);
    }
    json.writeEndArray();
  }
}
