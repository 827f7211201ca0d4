package dev.engram.cli.gate;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.JsonLines;
import dev.engram.cli.render.SafeText;
import dev.engram.cli.render.Style;
import dev.engram.cli.render.Terminal;
import dev.engram.collector.analysis.gate.Verdict;
import dev.engram.collector.analysis.gate.Verdict.Judged;
import dev.engram.collector.analysis.gate.Verdict.Outcome;
import dev.engram.collector.analysis.gate.Verdict.Violation;
import java.io.IOException;
import java.util.Locale;

/** A verdict on the terminal and as JSON. */
final class VerdictView {
  private VerdictView() {}

  static void text(Verdict verdict, Terminal terminal) {
    Style style = terminal.style();
    for (Judged judged : verdict.checks()) {
      String title = judged.check().title() + " (" + judged.note() + ")";
      terminal.out().println(word(judged.outcome(), style) + "  " + SafeText.of(title));
      judged.violations().forEach(it -> terminal.out().println("      " + line(it)));
    }
    terminal.out().println("gate: " + word(verdict.outcome(), style));
  }

  static String json(Verdict verdict) {
    return JsonLines.line(
        json -> {
          json.writeStringField("outcome", name(verdict.outcome()));
          json.writeArrayFieldStart("checks");
          for (Judged judged : verdict.checks()) {
            json.writeStartObject();
            json.writeStringField("check", judged.check().name().toLowerCase(Locale.ROOT));
            json.writeStringField("outcome", name(judged.outcome()));
            json.writeStringField("note", judged.note());
            json.writeArrayFieldStart("violations");
            for (Violation violation : judged.violations()) {
              members(json, violation);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void members(JsonGenerator json, Violation violation) throws IOException {
    json.writeStartObject();
    json.writeStringField("service", violation.service());
    json.writeStringField("subject", violation.subject());
    json.writeStringField("detail", violation.detail());
    json.writeEndObject();
  }

  /** On one line, harmless for a terminal. */
  static String line(Violation violation) {
    String service = violation.service().isEmpty() ? "" : violation.service() + ": ";
    return SafeText.of(service + flat(violation.subject()) + ": " + flat(violation.detail()));
  }

  static String name(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Outcome outcome, Style style) {
    return switch (outcome) {
      case PASS -> style.green("pass");
      case FAIL -> style.red("FAIL");
      case UNDECIDED -> style.yellow("????");
    };
  }

  private static String flat(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
