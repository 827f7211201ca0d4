package dev.engram.cli.render;

import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.Finding;
import dev.engram.collector.analysis.Insight;
import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Severity;
import java.util.List;
import java.util.Locale;

/** Insights as table rows and as JSON. */
public final class InsightView {
  private InsightView() {}

  public static void table(List<Insight> insights, Terminal terminal) {
    Table table =
        new Table()
            .column("SEVERITY", Layout.LEFT)
            .column("TOTAL", Layout.RIGHT)
            .column("COUNT", Layout.RIGHT)
            .column("INSIGHT", Layout.LEFT)
            .column("LOOK AT", Layout.LEFT)
            .column("SERVICE", Layout.LEFT)
            .column("WHAT", Layout.FLEXIBLE);
    for (Insight insight : insights) {
      if (insight instanceof Risk risk) {
        RiskView.row(table, risk, terminal.style());
      } else if (insight instanceof Finding finding) {
        FindingView.row(table, finding, terminal.style());
      }
    }
    table.print(terminal);
  }

  public static String json(Insight insight) {
    return insight instanceof Risk risk ? RiskView.json(risk) : FindingView.json((Finding) insight);
  }

  static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
