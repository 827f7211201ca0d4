package dev.engram.cli;

import dev.engram.cli.render.Csv;
import dev.engram.cli.render.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a listing is written. */
final class OutputOptions {
  private static final List<String> FORMATS = List.of("table", "json", "jsonl", "csv");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table (the default), json or jsonl (JSON Lines), or csv (RFC 4180).")
  private @Nullable String format;

  @Option(names = "--json", description = "JSON Lines: one object a line; the same as -o json.")
  private boolean json;

  /**
   * Refuses formats that there are not.
   *
   * @throws ParameterException of this command line
   */
  void check(CommandLine commandLine) {
    if (!FORMATS.contains(format())) {
      throw new ParameterException(
          commandLine, "unknown format " + format + UsageErrors.suggestion(format(), FORMATS));
    }
    if (json && !json()) {
      throw new ParameterException(commandLine, "give --json or -o " + format + ", not both");
    }
  }

  /** Whether it is JSON Lines. */
  boolean json() {
    return format().equals("json") || format().equals("jsonl");
  }

  boolean csv() {
    return format().equals("csv");
  }

  /** Writes entries, of which there is at least one. */
  <T> void write(
      List<T> found,
      Function<T, String> oneAsJson,
      BiConsumer<List<T>, Terminal> asTable,
      Terminal terminal) {
    if (csv()) {
      Csv.print(found.stream().map(oneAsJson).toList(), terminal.out());
    } else if (json()) {
      found.forEach(one -> terminal.out().println(oneAsJson.apply(one)));
    } else {
      asTable.accept(found, terminal);
    }
  }

  private String format() {
    String usual = json ? "json" : "table";
    return format == null ? usual : format.toLowerCase(Locale.ROOT);
  }
}
