package dev.engram.cli.render;

import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.query.SimilarError;
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

  private static void row(Table table, SimilarError error, Style style, long nowEpochNanos) {
    ErrorGroup group = error.group();
    table.row(
        Cell.of(String.format(Locale.ROOT, "%.2f", error.score())),
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
