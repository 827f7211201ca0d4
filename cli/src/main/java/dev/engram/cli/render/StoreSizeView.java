package dev.engram.cli.render;

import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import java.util.List;
import java.util.Map;

/** What takes how much of the disk, as table rows and as JSON. */
public final class StoreSizeView {
  /** What is in the store's own tables, where their names do not say it. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("content", "bodies, prompts, answers, stacks"),
          Map.entry("span", "requests and what they did"),
          Map.entry("exception", "exceptions"),
          Map.entry("word", "text that repeats"),
          Map.entry("search", "the index of words"),
          Map.entry("span_payload", "which bodies are of which requests"),
          Map.entry("payload_part", "parts of large bodies"),
          Map.entry("measurement", "readings of JVMs"),
          Map.entry("gone_exception", "which errors there were"),
          Map.entry("request_rollup", "how many requests there were each hour"),
          Map.entry("instance", "services that ran, and their books"));

  private StoreSizeView() {}

  public static void table(Map<String, Long> bytes, Terminal terminal) {
    long all = bytes.values().stream().mapToLong(Long::longValue).sum();
    Table table =
        new Table()
            .column("TABLE", Layout.LEFT)
            .column("SIZE", Layout.RIGHT)
            .column("SHARE", Layout.RIGHT)
            .column("WHAT", Layout.FLEXIBLE);
    bytes.forEach(
        (kind, size) ->
            table.row(
                Cell.of(kind),
                Cell.of(Units.bytes(size)),
                Cell.of(Units.share((double) size / Math.max(1, all))),
                Cell.of(KINDS.getOrDefault(kind, ""))));
    table.row(Cell.of("all"), Cell.of(Units.bytes(all)), Cell.of(""), Cell.of(""));
    table.print(terminal);
  }

  /** A line each. */
  public static List<String> json(Map<String, Long> bytes) {
    return bytes.entrySet().stream()
        .map(
            it ->
                JsonLines.line(
                    json -> {
                      json.writeStringField("table", it.getKey());
                      json.writeNumberField("bytes", it.getValue());
                    }))
        .toList();
  }
}
