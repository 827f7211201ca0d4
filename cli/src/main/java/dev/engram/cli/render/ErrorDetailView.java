package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.solution.LastSeenBefore;
import dev.engram.collector.analysis.triage.ErrorState;
import dev.engram.collector.analysis.triage.Triage;
import dev.engram.collector.query.ErrorDetail;
import dev.engram.collector.query.ThrownArguments;
import dev.engram.collector.store.ExceptionRow;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** One error group: what, how often, since when, its latest stack and the requests it hit. */
public final class ErrorDetailView {
  private static final int MAX_FRAMES = 40;

  private ErrorDetailView() {}

  public static void print(ErrorDetail detail, Terminal terminal, ZoneId zone) {
    Style style = terminal.style();
    PrintStream out = terminal.out();
    ErrorGroup group = detail.group();
    out.println(
        style.yellow(group.label())
            + " "
            + style.bold(SafeText.of(ErrorGroupView.headline(group))));
    out.println();
    out.println("count     " + Units.count(group.count()) + "  " + Sparkline.of(group.trend()));
    out.println(
        "first     "
            + Units.time(group.firstSeenEpochNanos(), zone)
            + version(detail.firstVersion()));
    out.println(
        "last      "
            + Units.time(group.lastSeenEpochNanos(), zone)
            + version(detail.lastVersion()));
    out.println("services  " + SafeText.of(String.join(", ", group.services())));
    triage(group, out);
    out.println();
    stack(detail.latest().row(), terminal);
    detail.arguments().ifPresent(it -> arguments(it, terminal));
    out.println();
    HitRequestsView.print(detail.requests(), terminal, zone);
    SimilarView.below(detail.alike(), terminal);
    SolutionView.below(detail.solutions(), detail.latestVersion(), terminal);
    ErrorRemediesView.print(detail.remedies(), terminal.out());
    changes(detail.changes(), terminal.out());
  }

  private static String version(String version) {
    return version.isEmpty() ? "" : " in version " + SafeText.of(version);
  }

  private static void changes(List<LastSeenBefore> changes, PrintStream out) {
    if (!changes.isEmpty()) {
      out.println();
      out.println("not seen again after, which need not be why");
    }
    for (LastSeenBefore it : changes) {
      String version = it.version().isEmpty() ? "" : ", such as " + it.version();
      out.println(
          "  " + SafeText.of("a " + it.change().text() + version) + ": " + Units.times(it.held()));
    }
  }

  private static void triage(ErrorGroup group, PrintStream out) {
    Triage triage = group.triage();
    String by = triage.author() == null ? "" : ", said by " + triage.author();
    if (triage.state() != ErrorState.OPEN) {
      String in = triage.version() == null ? "" : " in " + triage.version();
      out.println("state     " + SafeText.of(triage.state().text() + in + by));
    }
    if (triage.assignee() != null) {
      out.println("assignee  " + SafeText.of(triage.assignee()));
    }
    if (triage.comment() != null) {
      out.println("comment   " + SafeText.of(triage.comment()));
    }
    if (!group.merged().isEmpty()) {
      out.println(
          "merged    " + String.join(", ", group.merged().stream().map(ErrorLabel::of).toList()));
    }
  }

  private static void stack(ExceptionRow latest, Terminal terminal) {
    terminal.out().println("latest, " + SafeText.of(seen(latest)));
    new StackView(terminal.style(), MAX_FRAMES)
        .lines(latest.stack())
        .forEach(line -> terminal.out().println("  " + line));
  }

  private static void arguments(ThrownArguments thrown, Terminal terminal) {
    terminal.out().println();
    terminal.out().println("arguments of " + SafeText.of(thrown.function()));
    thrown
        .values()
        .forEach((name, value) -> terminal.out().println("  " + SafeText.of(name + " = " + value)));
  }

  /** Such as {@code logged in http-1, com.acme.Orders: No place for order {}}. */
  private static String seen(ExceptionRow latest) {
    String seen = latest.origin() + " in " + latest.threadName();
    return latest.site() == null ? seen : seen + ", " + latest.site();
  }

  private static void changes(JsonGenerator json, List<LastSeenBefore> changes) throws IOException {
    json.writeArrayFieldStart("not_seen_again_after");
    for (LastSeenBefore it : changes) {
      json.writeStartObject();
      json.writeStringField("change", it.change().name().toLowerCase(Locale.ROOT));
      json.writeStringField("version", it.version());
      json.writeNumberField("times", it.held().of());
      JsonLines.proportion(json, "held", "held_rate", it.held());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  public static String json(ErrorDetail detail) {
    return JsonLines.line(
        json -> {
          ErrorGroupView.members(json, detail.group());
          json.writeStringField("first_version", detail.firstVersion());
          json.writeStringField("last_version", detail.lastVersion());
          json.writeObjectFieldStart("latest");
          ExceptionJson.members(json, detail.latest());
          json.writeEndObject();
          if (detail.arguments().isPresent()) {
            ThrownArguments thrown = detail.arguments().get();
            json.writeStringField("thrown_by", thrown.function());
            JsonLines.map(json, "arguments", thrown.values());
          }
          SimilarView.array(json, detail.alike());
          SolutionView.array(json, detail.solutions());
          json.writeArrayFieldStart("remedies");
          for (JudgedRemedy remedy : detail.remedies()) {
            json.writeStartObject();
            RemedyView.members(json, remedy);
            json.writeEndObject();
          }
          json.writeEndArray();
          changes(json, detail.changes());
          HitRequestsView.members(json, detail.requests());
        });
  }
}
