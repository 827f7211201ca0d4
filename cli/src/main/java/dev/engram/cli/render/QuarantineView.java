package dev.engram.cli.render;

import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.server.HomeQuarantine.Entry;
import dev.engram.collector.server.HomeQuarantine.Result;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is in quarantine, as table rows and as JSON. */
public final class QuarantineView {
  private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private QuarantineView() {}

  public static void table(List<Entry> entries, Terminal terminal) {
    Table table =
        new Table()
            .column("OF", Layout.LEFT)
            .column("RECORDS", Layout.RIGHT)
            .column("FILES", Layout.LEFT)
            .column("WHY", Layout.FLEXIBLE);
    for (Entry it : entries) {
      table.row(
          Cell.of(it.name()),
          Cell.of(Units.count(it.records())),
          Cell.of(String.join(", ", names(it))),
          Cell.of(why(it)));
    }
    table.print(terminal);
  }

  public static String json(Entry it) {
    return JsonLines.line(
        json -> {
          json.writeStringField("of", it.name());
          json.writeNumberField("records", it.records());
          json.writeObjectFieldStart("reasons");
          for (Map.Entry<String, Long> reason : it.reasons().entrySet()) {
            json.writeNumberField(reason.getKey(), reason.getValue());
          }
          json.writeEndObject();
          json.writeArrayFieldStart("files");
          for (String name : names(it)) {
            json.writeString(name);
          }
          json.writeEndArray();
        });
  }

  public static String json(Result it) {
    return JsonLines.line(
        json -> {
          json.writeNumberField("stored", it.stored());
          json.writeNumberField("left", it.left());
        });
  }

  /** What became of a replay, for a person. */
  public static String words(Result it) {
    if (it.stored() == 0 && it.left() == 0) {
      return "there are no records in quarantine";
    }
    String left = it.left() == 0 ? "" : ", " + Units.count(it.left()) + " cannot be stored yet";
    return Units.count(it.stored()) + " stored" + left;
  }

  private static List<String> names(Entry it) {
    return it.files().stream().map(file -> file.getFileName().toString()).toList();
  }

  /** The most frequent reason stands for all. */
  private static String why(Entry it) {
    int others = it.reasons().size() - 1;
    return it.reasons().entrySet().stream()
        .min(MOST_FIRST)
        .map(most -> most.getKey() + (others > 0 ? " (and " + others + more(others) : ""))
        .orElse("");
  }

  private static String more(int others) {
    return others == 1 ? " other)" : " others)";
  }
}
