package dev.engram.benchmarks.report;

import dev.engram.benchmarks.measure.Goal;
import dev.engram.benchmarks.measure.Rounds;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.util.List;
import java.util.stream.Stream;

/** The numbers to reach, beside what was measured. */
final class Goals {
  private Goals() {}

  static String markdown(List<Section> sections) {
    StringBuilder text = new StringBuilder("## Numbers to reach\n\n");
    text.append(Markdown.row("what", Stream.of("arm", "goal", "measured", "met")));
    text.append(Markdown.row("---", Stream.of("---", "---", "---", "---")));
    for (Section section : sections) {
      for (Table table : section.tables()) {
        table.goals().forEach(goal -> text.append(row(goal, table)));
      }
    }
    return text.append('\n').toString();
  }

  private static String row(Goal goal, Table table) {
    String unit = goal.quantity().unit();
    Rounds measured = goal.measured(table);
    String met = measured.isEmpty() ? Figures.NONE : goal.isMet(table) ? "yes" : "**no**";
    String limit = goal.bound().sign() + " " + Figures.limit(goal.limit()) + " " + unit;
    return Markdown.row(
        goal.what(), Stream.of(goal.arm(), limit, Figures.spread(measured) + " " + unit, met));
  }
}
