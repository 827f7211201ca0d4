package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.triage.ErrorState;
import dev.engram.collector.analysis.triage.Triage;
import java.io.IOException;
import java.util.ArrayList;
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
            .column("SERVICE", Layout.LEFT);
    boolean triaged = groups.stream().anyMatch(group -> !standing(group).isEmpty());
    if (triaged) {
      table.column("STATE", Layout.LEFT);
    }
    table.column("ERROR", Layout.FLEXIBLE);
    groups.forEach(group -> row(table, group, triaged, terminal.style(), nowEpochNanos));
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

  private static void row(
      Table table, ErrorGroup group, boolean triaged, Style style, long nowEpochNanos) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(group.label(), style::yellow));
    cells.add(Cell.of(Units.count(group.count())));
    cells.add(Cell.of(Sparkline.of(group.trend()), style::cyan));
    cells.add(Cell.of(Units.ago(group.firstSeenEpochNanos(), nowEpochNanos)));
    cells.add(Cell.of(Units.ago(group.lastSeenEpochNanos(), nowEpochNanos)));
    cells.add(Cell.of(String.join(",", group.services())));
    if (triaged) {
      cells.add(Cell.of(standing(group), text -> paint(group, text, style)));
    }
    cells.add(Cell.of(headline(group)));
    table.row(cells.toArray(Cell[]::new));
  }

  private static String paint(ErrorGroup group, String text, Style style) {
    return group.triage().state() == ErrorState.REGRESSED ? style.red(text) : style.dim(text);
  }

  /** Such as {@code regressed in 1.5, ada}: nothing where nobody said anything. */
  static String standing(ErrorGroup group) {
    Triage triage = group.triage();
    String state = triage.state() == ErrorState.OPEN ? "" : triage.state().text();
    String in = triage.version() == null ? state : state + " in " + triage.version();
    String who = triage.assignee() == null ? "" : triage.assignee();
    return in.isEmpty() || who.isEmpty() ? in + who : in + ", " + who;
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
    triage(json, group);
  }

  private static void triage(JsonGenerator json, ErrorGroup group) throws IOException {
    Triage triage = group.triage();
    json.writeStringField("state", triage.state().text());
    json.writeStringField("state_version", triage.version());
    json.writeStringField("state_by", triage.author());
    json.writeStringField("name", triage.name());
    json.writeStringField("assignee", triage.assignee());
    json.writeStringField("comment", triage.comment());
    JsonLines.strings(json, "merged", group.merged().stream().map(ErrorLabel::of).toList());
  }

  /** Type and message, after the name that people gave it. */
  static String headline(ErrorGroup group) {
    String headline = headline(group.type(), group.message());
    String name = group.triage().name();
    return name == null ? headline : name + " (" + headline + ")";
  }

  /** Type and message as {@code Throwable.toString} joins them. */
  static String headline(String type, @Nullable String message) {
    return message == null || message.isEmpty() ? type : type + ": " + message;
  }
}
