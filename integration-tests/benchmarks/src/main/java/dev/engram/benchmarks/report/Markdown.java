package dev.engram.benchmarks.report;

import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Rounds;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sections as Markdown. */
final class Markdown {
  private final String plotFolder;

  /**
   * @param plotFolder of the plots, relative to the page
   */
  Markdown(String plotFolder) {
    this.plotFolder = plotFolder;
  }

  String section(Section section) {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(section.title()).append("\n\n");
    text.append(section.method().strip()).append("\n\n");
    section.tables().forEach(table -> text.append(table(table)));
    section.plots().forEach(plot -> text.append(picture(plot.title(), plot.file())));
    section
        .missing()
        .forEach(sentence -> text.append("Not measured: ").append(sentence).append("\n\n"));
    return text.toString();
  }

  private String table(Table table) {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(table.title()).append("\n\n");
    text.append(rows(table, table.arms(), quantity -> arm -> cell(table, arm, quantity)));
    table.notes().forEach(note -> text.append(note).append("\n\n"));
    String baseline = table.baseline();
    if (baseline != null) {
      text.append("Against ").append(baseline).append(", within the same round:\n\n");
      List<String> others = table.arms().stream().filter(arm -> !arm.equals(baseline)).toList();
      text.append(
          rows(table, others, quantity -> arm -> comparison(table, arm, baseline, quantity)));
    }
    return text.toString();
  }

  private static String rows(
      Table table, List<String> arms, Function<Quantity, Function<String, String>> cells) {
    StringBuilder text = new StringBuilder();
    text.append(row(table.armHeading(), table.quantities().stream().map(Quantity::toString)));
    text.append(row("---", table.quantities().stream().map(quantity -> "---")));
    for (String arm : arms) {
      text.append(row(arm, table.quantities().stream().map(q -> cells.apply(q).apply(arm))));
    }
    return text.append('\n').toString();
  }

  static String row(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String cell(Table table, String arm, Quantity quantity) {
    return Figures.spread(table.rounds(arm, quantity));
  }

  private static String comparison(Table table, String arm, String baseline, Quantity quantity) {
    Rounds value = table.rounds(arm, quantity);
    Rounds base = table.rounds(baseline, quantity);
    Rounds ratio = value.over(base);
    String added = Figures.added(value.minus(base));
    return ratio.isEmpty() ? added : added + ", x" + Figures.number(ratio.median());
  }

  private String picture(String title, String file) {
    return "![" + title + "](" + plotFolder + "/" + file + ".svg)\n\n";
  }
}
