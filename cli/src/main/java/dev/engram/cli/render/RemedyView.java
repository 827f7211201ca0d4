package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.remedy.Evidence;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyKind;
import dev.engram.collector.analysis.remedy.RemedyState;
import dev.engram.collector.analysis.remedy.RemedyWords;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;

/** Remedies as table rows, one alone in plain words, and as JSON. */
public final class RemedyView {
  private RemedyView() {}

  public static void table(List<JudgedRemedy> remedies, Terminal terminal, ZoneId zone) {
    Table table =
        new Table()
            .column("ID", Layout.LEFT)
            .column("STATE", Layout.LEFT)
            .column("SINCE", Layout.LEFT)
            .column("TREATED", Layout.RIGHT)
            .column("RESOLVED", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT)
            .column("MASKED", Layout.RIGHT)
            .column("ADDED", Layout.RIGHT)
            .column("LEFT ALONE", Layout.RIGHT)
            .column("ERROR", Layout.LEFT)
            .column("SERVICE", Layout.LEFT)
            .column("REMEDY", Layout.FLEXIBLE);
    remedies.forEach(remedy -> row(table, remedy, terminal.style(), zone));
    table.print(terminal);
  }

  private static void row(Table table, JudgedRemedy it, Style style, ZoneId zone) {
    Proportion treated = it.evidence().treated();
    boolean any = treated.of() > 0;
    table.row(
        Cell.of(it.label()),
        Cell.of(state(it), text -> paint(it.state(), text, style)),
        Cell.of(Units.time(it.since(), zone)),
        Cell.of(Units.count(treated.of())),
        Cell.of(any ? Units.share(treated.rate()) : "-"),
        Cell.of(any ? Units.between(treated) : "-"),
        Cell.of(any ? Units.count(it.evidence().masked()) : "-"),
        Cell.of(any ? Units.duration(it.evidence().addedNanos()) : "-"),
        Cell.of(Units.count(it.evidence().control() + it.evidence().observed())),
        Cell.of(failure(it), style::dim),
        Cell.of(String.join(", ", it.services())),
        Cell.of(it.action()));
  }

  private static String failure(JudgedRemedy it) {
    if (it.fingerprint() == 0) {
      return "any";
    }
    return it.answer() > 0 ? "answer " + it.answer() : ErrorLabel.of(it.fingerprint());
  }

  private static boolean isError(JudgedRemedy it) {
    return it.answer() == 0 && it.fingerprint() != 0;
  }

  private static String state(JudgedRemedy it) {
    return it.state().label() + (it.waitsForAPerson() ? ", ask" : "");
  }

  private static String paint(RemedyState state, String text, Style style) {
    return switch (state) {
      case OBSERVED -> style.dim(text);
      case TRIAL -> style.yellow(text);
      case ACTIVE -> style.green(text);
      case WITHDRAWN -> style.red(text);
    };
  }

  /** All that is known of one. */
  public static void print(JudgedRemedy it, Terminal terminal, ZoneId zone) {
    PrintStream out = terminal.out();
    out.println(terminal.style().bold(it.label()) + "  " + SafeText.of(it.action()));
    line(out, "state", it.state().label() + " since " + Units.time(it.since(), zone));
    line(out, "error", (isError(it) ? "engram show " : "") + failure(it));
    line(out, "services", String.join(", ", it.services()));
    line(out, "latest", Units.time(it.last(), zone));
    for (String sentence : RemedyWords.of(it)) {
      out.println("  " + SafeText.of(sentence) + ".");
    }
  }

  private static void line(PrintStream out, String what, String text) {
    out.println(String.format("  %-10s %s", what, SafeText.of(text)));
  }

  public static String json(JudgedRemedy remedy) {
    return JsonLines.line(json -> members(json, remedy));
  }

  static void members(JsonGenerator json, JudgedRemedy it) throws IOException {
    Evidence evidence = it.evidence();
    json.writeStringField("remedy_id", it.label());
    json.writeStringField("kind", it.kind().label());
    json.writeStringField("action", it.action());
    if (it.answer() > 0) {
      json.writeNumberField("answer", it.answer());
    } else if (isError(it)) {
      json.writeStringField("error_id", failure(it));
    }
    json.writeStringField("services", String.join(", ", it.services()));
    json.writeStringField("state", it.state().label());
    json.writeStringField("since", Units.rfc3339(it.since()));
    json.writeStringField("last", Units.rfc3339(it.last()));
    json.writeBooleanField("applied", it.isApplied());
    json.writeBooleanField("unclear", it.unclear());
    json.writeBooleanField("approved", it.approved());
    json.writeNumberField("observed", evidence.observed());
    json.writeNumberField("control", evidence.control());
    json.writeNumberField("treated", evidence.treated().of());
    json.writeNumberField("resolved", evidence.treated().count());
    json.writeNumberField("resolved_low", evidence.treated().low());
    json.writeNumberField("resolved_high", evidence.treated().high());
    json.writeNumberField("masked", evidence.masked());
    json.writeNumberField("probes", evidence.probes().of());
    json.writeNumberField("probes_failed", evidence.probes().count());
    if (it.kind() == RemedyKind.LIMIT) {
      json.writeNumberField("refused", evidence.refused());
      json.writeNumberField("refused_alone", evidence.refusedAlone());
    }
    json.writeNumberField("helps_ratio", evidence.helps());
    json.writeNumberField("fails_ratio", evidence.fails());
    json.writeNumberField("added_ns", evidence.addedNanos());
    json.writeArrayFieldStart("why");
    for (String sentence : RemedyWords.of(it)) {
      json.writeString(sentence);
    }
    json.writeEndArray();
  }
}
