package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ErrorGroup;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Error groups as table rows and as JSON. */
public final class ErrorGroupView {
  private ErrorGroupView() {}

  /**
   * Prints them.
   *
   * @param sinceEpochNanos where the trends begin; 0 is with the earliest error
   */
  public static void table(
      List<ErrorGroup> groups, Terminal terminal, long sinceEpochNanos, long nowEpochNanos) {
    Table table =
        new Table()
            .column("ID", Layout.LEFT)
            .column("COUNT", Layout.RIGHT)
            .column(trendHeading(groups, sinceEpochNanos, nowEpochNanos), Layout.LEFT)
            .column("FIRST", Layout.RIGHT)
            .column("LAST", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("ERROR", Layout.FLEXIBLE);
    groups.forEach(group -> row(table, group, terminal.style(), nowEpochNanos));
    table.print(terminal);
  }

  /** Such as {@code TREND SINCE 5m ago}: the bars share out the time from then to now. */
  private static String trendHeading(List<ErrorGroup> groups, long since, long now) {
    long begin =
        since > 0
            ? since
            : groups.stream().mapToLong(ErrorGroup::firstSeenEpochNanos).min().orElse(now);
    return "TREND SINCE " + Units.ago(begin, now);
  }

  private static void row(Table table, ErrorGroup group, Style style, long nowEpochNanos) {
    table.row(
        Cell.of(group.label(), style::yellow),
        Cell.of(Units.count(group.count())),
        Cell.of(Sparkline.of(group.trend()), style::cyan),
        Cell.of(Units.ago(group.firstSeenEpochNanos(), nowEpochNanos)),
        Cell.of(Units.ago(group.lastSeenEpochNanos(), nowEpochNanos)),
        Cell.of(String.join(",", group.services())),
        Cell.of(headline(group.type(), group.message())));
  }

  public static String json(ErrorGroup group) {
    return JsonLines.line(json -> members(json, group));
  }

  static void members(JsonGenerator json, ErrorGroup group) throws IOException {
    json.writeStringField("id", group.label());
    json.writeStringField("type", group.type());
    json.writeStringField("message", group.message());
    json.writeNumberField("count", group.count());
    json.writeStringField("first_seen", Units.rfc3339(group.firstSeenEpochNanos()));
    json.writeStringField("last_seen", Units.rfc3339(group.lastSeenEpochNanos()));
    json.writeArrayFieldStart("services");
    for (String service : group.services()) {
      json.writeString(service);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("trend");
    for (long count : group.trend()) {
      json.writeNumber(count);
    }
    json.writeEndArray();
  }

  /** Type and message as {@code Throwable.toString} joins them. */
  static String headline(String type, @Nullable String message) {
    return message == null || message.isEmpty() ? type : type + ": " + message;
  }
}
