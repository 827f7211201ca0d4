package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.compare.Change;
import dev.engram.collector.analysis.compare.Change.Kind;
import dev.engram.collector.analysis.compare.Change.Side;
import dev.engram.collector.analysis.compare.Frequency;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Changes as table rows and as JSON. */
public final class ChangeView {
  private static final double LARGE = 9.95;

  private ChangeView() {}

  public static void table(List<Change> changes, Terminal terminal) {
    Table table =
        new Table()
            .column("CHANGE", Layout.LEFT)
            .column("BEFORE", Layout.RIGHT)
            .column("AFTER", Layout.RIGHT)
            .column("TIMES (BETWEEN)", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("WHAT", Layout.FLEXIBLE);
    changes.forEach(change -> row(table, change, terminal.style()));
    table.print(terminal);
  }

  private static void row(Table table, Change change, Style style) {
    String subject = (change.subject() + " " + change.detail()).strip().replaceAll("\\s+", " ");
    table.row(
        isBad(change.kind())
            ? Cell.of(words(change.kind()), style::red)
            : Cell.of(words(change.kind()), style::green),
        Cell.of(side(change.before())),
        Cell.of(side(change.after())),
        Cell.of(ratio(change)),
        Cell.of(change.service()),
        Cell.of(subject));
  }

  private static boolean isBad(Kind kind) {
    return kind.compareTo(Kind.ROUTE_VANISHED) <= 0;
  }

  private static String words(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A median, or how often and in which share of the requests. */
  private static String side(Side side) {
    Frequency frequency = side.frequency();
    if (side.medianNanos() >= 0) {
      return Units.duration(side.medianNanos());
    }
    String count = Units.count(frequency.count());
    return frequency.requests() == 0
        ? count
        : count
            + ", "
            + Units.percent(frequency.rate())
            + " ("
            + Units.percent(frequency.low())
            + "-"
            + Units.percent(frequency.high())
            + ")";
  }

  private static String ratio(Change change) {
    if (Double.isInfinite(change.ratio())) {
      return "new";
    }
    String high = Double.isInfinite(change.ratioHigh()) ? "" : times(change.ratioHigh());
    return times(change.ratio()) + " (" + times(change.ratioLow()) + "-" + high + ")";
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, ratio < LARGE ? "%.2f" : "%,.0f", ratio);
  }

  public static String json(Change change) {
    return JsonLines.line(json -> members(json, change));
  }

  private static void members(JsonGenerator json, Change change) throws IOException {
    json.writeStringField("change", change.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("service", change.service());
    json.writeStringField("subject", change.subject());
    json.writeStringField("detail", change.detail());
    side(json, "before", change.before());
    side(json, "after", change.after());
    JsonLines.number(json, "ratio", finite(change.ratio()));
    JsonLines.number(json, "ratio_low", change.ratioLow());
    JsonLines.number(json, "ratio_high", finite(change.ratioHigh()));
  }

  private static void side(JsonGenerator json, String name, Side side) throws IOException {
    Frequency frequency = side.frequency();
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", frequency.count());
    json.writeNumberField("requests", frequency.requests());
    if (side.medianNanos() >= 0) {
      json.writeNumberField("median_ns", side.medianNanos());
    } else {
      json.writeNumberField("rate", frequency.rate());
      json.writeNumberField("rate_low", frequency.low());
      JsonLines.number(json, "rate_high", finite(frequency.high()));
    }
    json.writeEndObject();
  }

  private static @Nullable Double finite(double value) {
    return Double.isInfinite(value) ? null : value;
  }
}
