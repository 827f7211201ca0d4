package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.collector.analysis.Risk;
import dev.engram.collector.analysis.Risk.Horizon;
import dev.engram.collector.analysis.Risk.Kind;
import dev.engram.collector.analysis.Severity;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Risks as table rows, on a screen of their own, and as JSON. */
public final class RiskView {
  private static final int SHORT_ID = 8;

  private RiskView() {}

  static void row(Table table, Risk risk, Style style) {
    table.row(
        Cell.of(InsightView.word(risk.severity()), it -> colour(risk, it, style)),
        Cell.of(""),
        Cell.of(""),
        Cell.of(words(risk), it -> colour(risk, it, style)),
        Cell.of(risk.label(), style::dim),
        Cell.of(risk.service()),
        Cell.of(where(risk) + risk.action()));
  }

  /** All that is known of one. */
  public static void print(Risk risk, Terminal terminal) {
    PrintStream out = terminal.out();
    out.println(terminal.style().bold(SafeText.of(risk.label() + "  " + words(risk))));
    out.println("severity  " + colour(risk, InsightView.word(risk.severity()), terminal.style()));
    out.println("service   " + SafeText.of(risk.service()));
    if (risk.instance() != null) {
      out.println("instance  " + risk.instance());
    }
    if (!risk.subject().isEmpty()) {
      out.println("what      " + SafeText.of(risk.subject()));
    }
    out.println("action    " + risk.action());
    out.println("evidence");
    risk.evidence().forEach((name, value) -> out.println("  " + evidence(name, value, risk)));
  }

  public static String json(Risk risk) {
    return JsonLines.line(json -> members(json, risk));
  }

  private static void members(JsonGenerator json, Risk risk) throws IOException {
    json.writeStringField("kind", risk.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("severity", InsightView.word(risk.severity()));
    json.writeStringField("service", risk.service());
    json.writeStringField("id", risk.label());
    if (risk.instance() != null) {
      json.writeStringField("instance", risk.instance().toString());
    }
    json.writeStringField("subject", risk.subject());
    Horizon horizon = risk.horizon();
    if (horizon != null) {
      json.writeNumberField("horizon_ns", horizon.nanos());
      json.writeNumberField("horizon_earliest_ns", horizon.earliestNanos());
      json.writeNumberField("horizon_latest_ns", horizon.latestNanos());
    }
    JsonLines.map(json, "evidence", risk.evidence());
    json.writeStringField("action", risk.action());
  }

  private static String words(Risk risk) {
    Horizon horizon = risk.horizon();
    if (horizon == null || horizon.nanos() == 0) {
      return name(risk.kind());
    }
    String range =
        horizon.earliestNanos() == horizon.latestNanos()
            ? ""
            : " (" + time(horizon.earliestNanos()) + "-" + time(horizon.latestNanos()) + ")";
    return name(risk.kind()) + " in " + time(horizon.nanos()) + range;
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case HEAP_EXHAUSTION -> "heap full";
      case FILE_DESCRIPTOR_EXHAUSTION -> "no file descriptors left";
      case FILE_DESCRIPTOR_LEAK -> "file descriptors leak";
      case THREAD_LEAK -> "threads leak";
      case DISK_EXHAUSTION -> "disk full";
      case POOL_SATURATION -> "connection pool saturated";
      case POOL_EXHAUSTED -> "connection pool exhausted";
      case CERTIFICATE_EXPIRED -> "certificate expired";
      case CREDENTIAL_EXPIRED -> "credential expired";
      case EXPIRY -> "expires";
      case RETRY_AMPLIFICATION -> "retries amplify an outage";
    };
  }

  private static String where(Risk risk) {
    String instance =
        risk.instance() == null ? "" : risk.instance().toString().substring(0, SHORT_ID) + " ";
    String where = (instance + risk.subject()).strip();
    return where.isEmpty() ? "" : where + ": ";
  }

  private static String evidence(String name, double value, Risk risk) {
    if (name.endsWith("_ns")) {
      return name.substring(0, name.length() - "_ns".length()) + ": " + time((long) value);
    }
    boolean isBytes = risk.kind() == Kind.HEAP_EXHAUSTION || risk.kind() == Kind.DISK_EXHAUSTION;
    return name
        + ": "
        + (isBytes ? Units.reading(value, "By") : String.format(Locale.ROOT, "%,.2f", value));
  }

  /** Days where there are several. */
  private static String time(long nanos) {
    long days = TimeUnit.NANOSECONDS.toDays(nanos);
    return days < 2 ? Units.duration(nanos) : Units.count(days) + "d";
  }

  private static String colour(Risk risk, String text, Style style) {
    return risk.severity() == Severity.CRITICAL ? style.red(text) : style.yellow(text);
  }
}
