package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.query.SimilarError;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Similar error groups as table rows and as JSON. */
public final class SimilarView {
  private SimilarView() {}

  public static void table(List<SimilarError> similar, Terminal terminal, long nowEpochNanos) {
    Table table =
        new Table()
            .column("SCORE", Layout.RIGHT)
            .column("ID", Layout.LEFT)
            .column("COUNT", Layout.RIGHT)
            .column("LAST", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("ERROR", Layout.FLEXIBLE);
    similar.forEach(error -> row(table, error, terminal.style(), nowEpochNanos));
    table.print(terminal);
  }

  /** In a line each, below an error; nothing when there are none. */
  static void below(List<SimilarError> similar, Terminal terminal) {
    if (similar.isEmpty()) {
      return;
    }
    PrintStream out = terminal.out();
    out.println();
    out.println("most like it, from 0 to 1 (engram similar E-…)");
    for (SimilarError it : similar) {
      out.println(
          "  "
              + score(it)
              + "  "
              + terminal.style().yellow(it.group().label())
              + "  "
              + SafeText.of(ErrorGroupView.headline(it.group())));
    }
  }

  private static String score(SimilarError error) {
    return String.format(Locale.ROOT, "%.2f", error.score());
  }

  /** Their ids with how much alike they are. */
  static void array(JsonGenerator json, List<SimilarError> similar) throws IOException {
    json.writeArrayFieldStart("alike");
    for (SimilarError it : similar) {
      json.writeStartObject();
      json.writeNumberField("score", it.score());
      json.writeStringField("id", it.group().label());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void row(Table table, SimilarError error, Style style, long nowEpochNanos) {
    ErrorGroup group = error.group();
    table.row(
        Cell.of(score(error)),
        Cell.of(group.label(), style::yellow),
        Cell.of(Units.count(group.count())),
        Cell.of(Units.ago(group.lastSeenEpochNanos(), nowEpochNanos)),
        Cell.of(String.join(",", group.services())),
        Cell.of(ErrorGroupView.headline(group)));
  }

  public static String json(SimilarError error) {
    return JsonLines.line(
        json -> {
          json.writeNumberField("score", error.score());
          ErrorGroupView.members(json, error.group());
          SolutionView.array(json, error.solutions());
        });
  }
}
