package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.solution.Solution;
import dev.engram.collector.analysis.solution.Symptom;
import dev.engram.collector.query.LatestVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Solutions as table rows, below an error, one alone, and as JSON. */
public final class SolutionView {
  /** Most that are shown below an error. */
  private static final int BELOW_ERROR = 5;

  private SolutionView() {}

  public static void table(List<Solution> solutions, Terminal terminal) {
    Table table =
        new Table()
            .column("ID", Layout.LEFT)
            .column("WORKED", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT)
            .column("BY", Layout.LEFT)
            .column("AGAINST", Layout.FLEXIBLE)
            .column("REMEDY", Layout.FLEXIBLE);
    solutions.forEach(solution -> row(table, solution, terminal.style()));
    table.print(terminal);
  }

  private static void row(Table table, Solution it, Style style) {
    Proportion success = it.success();
    table.row(
        Cell.of(it.id(), style::yellow),
        Cell.of(success.of() == 0 ? "-" : success.count() + " of " + success.of()),
        Cell.of(success.of() == 0 ? "-" : Units.between(success)),
        Cell.of(by(it)),
        Cell.of(against(it.symptom())),
        Cell.of(it.remedy()));
  }

  /** What is known against errors, in few lines each; nothing when there is nothing. */
  public static void below(List<Solution> solutions, Terminal terminal) {
    below(solutions, Optional.empty(), terminal);
  }

  /**
   * The same of one error.
   *
   * @param latest of its services: what was said before it came is marked
   */
  static void below(List<Solution> solutions, Optional<LatestVersion> latest, Terminal terminal) {
    if (solutions.isEmpty()) {
      return;
    }
    PrintStream out = terminal.out();
    out.println();
    out.println("known against it, best first");
    for (Solution it : solutions.subList(0, Math.min(BELOW_ERROR, solutions.size()))) {
      out.println(
          "  "
              + terminal.style().yellow(SafeText.of(it.id()))
              + "  "
              + worked(it)
              + latest.map(version -> before(version, it)).orElse(""));
      line(out, "    ", "cause", it.cause());
      line(out, "    ", "remedy", it.remedy());
      line(out, "    ", "more", it.link());
    }
    if (solutions.size() > BELOW_ERROR) {
      out.println("  and " + (solutions.size() - BELOW_ERROR) + " more, with --json");
    }
  }

  /** All that is known of one. */
  public static void print(Solution it, Terminal terminal, ZoneId zone) {
    PrintStream out = terminal.out();
    out.println(terminal.style().yellow(SafeText.of(it.id())) + "  " + worked(it));
    line(out, "  ", "against", against(it.symptom()));
    line(out, "  ", "cause", it.cause());
    line(out, "  ", "remedy", it.remedy());
    line(out, "  ", "more", it.link());
    String told = it.isOfCatalogue() ? "" : ", " + Units.time(it.toldEpochNanos(), zone);
    line(out, "  ", "by", by(it) + told);
    line(out, "  ", "comment", it.comment());
  }

  private static void line(PrintStream out, String indent, String what, @Nullable String text) {
    if (text != null) {
      out.println(indent + String.format("%-8s", what) + SafeText.of(text));
    }
  }

  /** Such as {@code worked 3 of 4 times, 95% between 28%-95%}. */
  private static String worked(Solution it) {
    Proportion success = it.success();
    return success.of() == 0
        ? "nobody has said yet whether it works"
        : "worked " + Units.times(success);
  }

  /** What helped an older version need not help a later one. */
  private static String before(LatestVersion latest, Solution it) {
    boolean tried = it.success().of() > 0;
    return tried && it.triedEpochNanos() < latest.firstStartEpochNanos()
        ? "; last said before " + SafeText.of(latest.service() + " " + latest.version()) + " came"
        : "";
  }

  private static String by(Solution it) {
    return it.isOfCatalogue() ? "catalogue" : it.author() == null ? "somebody" : it.author();
  }

  private static String against(Symptom symptom) {
    if (symptom.fingerprint() != 0) {
      return ErrorLabel.of(symptom.fingerprint());
    }
    String types = String.join(", ", symptom.types());
    String messages = String.join(", ", symptom.messages());
    return types.isEmpty() || messages.isEmpty() ? types + messages : types + ": " + messages;
  }

  public static String json(Solution solution) {
    return JsonLines.line(json -> members(json, solution));
  }

  /** An array of them. */
  static void array(JsonGenerator json, List<Solution> solutions) throws IOException {
    json.writeArrayFieldStart("solutions");
    for (Solution solution : solutions) {
      json.writeStartObject();
      members(json, solution);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void members(JsonGenerator json, Solution it) throws IOException {
    Symptom symptom = it.symptom();
    json.writeStringField("id", it.id());
    json.writeStringField(
        "error", symptom.fingerprint() == 0 ? null : ErrorLabel.of(symptom.fingerprint()));
    JsonLines.strings(json, "types", symptom.types());
    JsonLines.strings(json, "messages", symptom.messages());
    json.writeStringField("cause", it.cause());
    json.writeStringField("remedy", it.remedy());
    json.writeStringField("link", it.link());
    json.writeStringField("source", it.isOfCatalogue() ? "catalogue" : "person");
    json.writeStringField("author", it.author());
    json.writeStringField("comment", it.comment());
    json.writeNumberField("tried", it.success().of());
    json.writeStringField(
        "last_tried", it.triedEpochNanos() == 0 ? null : Units.rfc3339(it.triedEpochNanos()));
    JsonLines.proportion(json, "worked", "worked_rate", it.success());
  }
}
