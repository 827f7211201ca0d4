package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.query.Timeline;
import dev.engram.collector.query.TimelineEntry;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Locale;

/** What happened around something, as a table and as JSON. */
public final class TimelineView {
  private TimelineView() {}

  public static void print(Timeline timeline, Terminal terminal, ZoneId zone) {
    Table table =
        new Table()
            .column("TIME", Layout.LEFT)
            .column("KIND", Layout.LEFT)
            .column("DURATION", Layout.RIGHT)
            .column("STATUS", Layout.LEFT)
            .column("SERVICE", Layout.LEFT)
            .column("ID", Layout.LEFT)
            .column("WHAT", Layout.FLEXIBLE);
    timeline.entries().forEach(entry -> row(table, entry, timeline, terminal.style(), zone));
    table.print(terminal);
  }

  private static void row(
      Table table, TimelineEntry entry, Timeline timeline, Style style, ZoneId zone) {
    boolean asked = !entry.id().isEmpty() && timeline.about().equals(entry.id());
    table.row(
        Cell.of(Units.time(entry.timeEpochNanos(), zone)),
        Cell.of(kind(entry), text -> paint(entry, text, style)),
        Cell.of(entry.durationNanos() < 0 ? "" : Units.duration(entry.durationNanos())),
        Cell.of(
            entry.status().equals("unset") ? "-" : entry.status(),
            text -> style.status(entry.status(), text)),
        Cell.of(entry.service()),
        Cell.of(entry.id(), asked ? style::bold : style::dim),
        Cell.of(entry.text().strip().replaceAll("\\s+", " ")));
  }

  private static String paint(TimelineEntry entry, String text, Style style) {
    return switch (entry.kind()) {
      case REQUEST -> text;
      case ERROR, LOSS -> style.red(text);
      case LIFECYCLE, DEPLOY -> style.cyan(text);
      case FINDING -> style.yellow(text);
    };
  }

  public static String json(TimelineEntry entry) {
    return JsonLines.line(json -> members(json, entry));
  }

  private static void members(JsonGenerator json, TimelineEntry entry) throws IOException {
    json.writeStringField("time", Units.rfc3339(entry.timeEpochNanos()));
    json.writeStringField("kind", kind(entry));
    json.writeStringField("service", entry.service());
    json.writeStringField("id", entry.id());
    json.writeStringField("text", entry.text());
    if (!entry.status().isEmpty()) {
      json.writeStringField("status", entry.status());
      JsonLines.duration(json, "duration_ns", entry.durationNanos());
    }
  }

  private static String kind(TimelineEntry entry) {
    return entry.kind().name().toLowerCase(Locale.ROOT);
  }
}
