package dev.engram.benchmarks.report;

import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every single value, one a line. */
final class Csv {
  private Csv() {}

  static String of(List<Section> sections) {
    StringBuilder text = new StringBuilder("table,arm,quantity,unit,round,value\n");
    for (Section section : sections) {
      section.tables().forEach(table -> append(text, table));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Table table) {
    for (String arm : table.arms()) {
      for (Quantity quantity : table.quantities()) {
        List<Double> values = table.rounds(arm, quantity).values();
        for (int round = 0; round < values.size(); round++) {
          text.append(line(table.title(), arm, quantity, round + 1, values.get(round)));
        }
      }
    }
  }

  private static String line(String table, String arm, Quantity of, int round, double value) {
    String number = Double.isNaN(value) ? "" : String.valueOf(value);
    return Stream.of(table, arm, of.name(), of.unit(), String.valueOf(round), number)
        .map(Csv::quoted)
        .collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String text) {
    return text.contains(",") || text.contains("\"")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
