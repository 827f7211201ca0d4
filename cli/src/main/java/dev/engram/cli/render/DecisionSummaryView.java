package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.decision.Calibration;
import dev.engram.collector.analysis.decision.DecisionSummary;
import dev.engram.collector.analysis.decision.ReliabilityBin;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Summed up decisions as table rows and as JSON. */
public final class DecisionSummaryView {
  private DecisionSummaryView() {}

  /** The table; below it a reliability diagram for each that has bins to show. */
  public static void print(List<DecisionSummary> summaries, Terminal terminal) {
    Table table =
        new Table()
            .column("COUNT", Layout.RIGHT)
            .column("KNOWN", Layout.RIGHT)
            .column("TOLD", Layout.RIGHT)
            .column("SUCCESS", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT)
            .column("CONFIDENCE", Layout.RIGHT)
            .column("BRIER", Layout.RIGHT)
            .column("ECE", Layout.RIGHT)
            .column("SAYS", Layout.LEFT)
            .column("SCORE", Layout.RIGHT)
            .column("SERVICE", Layout.LEFT)
            .column("MODEL", Layout.LEFT)
            .column("DECISION", Layout.FLEXIBLE);
    summaries.forEach(summary -> row(table, summary, terminal.style()));
    table.print(terminal);
    summaries.forEach(summary -> bins(summary, terminal));
  }

  private static void row(Table table, DecisionSummary it, Style style) {
    Calibration calibration = it.calibration();
    table.row(
        Cell.of(Units.count(it.count()), style::bold),
        Cell.of(Units.share(it.coverage())),
        Cell.of(Units.count(it.told())),
        Cell.of(it.success().of() == 0 ? "-" : Units.share(it.success().rate())),
        Cell.of(interval(it.success())),
        Cell.of(number(calibration.meanConfidence())),
        Cell.of(number(calibration.brier())),
        Cell.of(number(calibration.expectedError())),
        Cell.of(says(calibration), style::yellow),
        Cell.of(number(it.meanScore())),
        Cell.of(it.service()),
        Cell.of(it.model().isEmpty() ? "-" : it.model()),
        Cell.of(it.name()));
  }

  private static void bins(DecisionSummary it, Terminal terminal) {
    List<ReliabilityBin> shown =
        it.calibration().bins().stream().filter(ReliabilityBin::isShown).toList();
    if (shown.isEmpty()) {
      return;
    }
    terminal.out().println();
    terminal
        .out()
        .println(SafeText.of(it.name() + (it.model().isEmpty() ? "" : " by " + it.model())));
    Table table =
        new Table()
            .column("CONFIDENCE", Layout.RIGHT)
            .column("MEAN", Layout.RIGHT)
            .column("COUNT", Layout.RIGHT)
            .column("SUCCESS", Layout.RIGHT)
            .column("95% BETWEEN", Layout.RIGHT);
    for (ReliabilityBin bin : shown) {
      table.row(
          Cell.of(String.format(Locale.ROOT, "%.1f-%.1f", bin.low(), bin.high())),
          Cell.of(number(bin.meanConfidence())),
          Cell.of(Units.count(bin.success().of())),
          Cell.of(Units.share(bin.success().rate())),
          Cell.of(interval(bin.success())));
    }
    table.print(terminal);
  }

  /** Nothing where nobody has stated a confidence whose outcome is known. */
  private static String says(Calibration calibration) {
    return calibration.success().of() == 0 ? "-" : words(calibration.verdict());
  }

  private static String words(Calibration.Verdict verdict) {
    return switch (verdict) {
      case TOO_FEW -> "too few";
      case OVERCONFIDENT -> "overconfident";
      case UNDERCONFIDENT -> "underconfident";
      case NO_SIGN -> "no sign";
    };
  }

  private static String interval(Proportion share) {
    return share.of() == 0 ? "-" : Units.between(share);
  }

  static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }

  public static String json(DecisionSummary summary) {
    return JsonLines.line(json -> members(json, summary));
  }

  private static void members(JsonGenerator json, DecisionSummary it) throws IOException {
    json.writeStringField("service", it.service());
    json.writeStringField("name", it.name());
    json.writeNumberField("count", it.count());
    json.writeNumberField("told", it.told());
    json.writeNumberField("derived", it.derived());
    json.writeNumberField("unknown", it.unknown());
    json.writeNumberField("partial", it.partial());
    json.writeNumberField("coverage", it.coverage());
    share(json, it.success());
    calibration(json, it.calibration());
    json.writeNumberField("judged", it.judged());
    known(json, "mean_score", it.meanScore());
    Map<String, String> attributes = new TreeMap<>();
    if (!it.model().isEmpty()) {
      attributes.put("gen_ai.request.model", it.model());
    }
    JsonLines.map(json, "attributes", attributes);
  }

  private static void calibration(JsonGenerator json, Calibration it) throws IOException {
    json.writeObjectFieldStart("calibration");
    json.writeNumberField("count", it.success().of());
    json.writeStringField("verdict", it.verdict().name().toLowerCase(Locale.ROOT));
    known(json, "mean_confidence", it.meanConfidence());
    known(json, "brier", it.brier());
    known(json, "reliability", it.reliability());
    known(json, "resolution", it.resolution());
    known(json, "uncertainty", it.uncertainty());
    known(json, "within_bins", it.withinBins());
    known(json, "ece", it.expectedError());
    json.writeArrayFieldStart("bins");
    for (ReliabilityBin bin : it.bins()) {
      if (bin.isShown()) {
        json.writeStartObject();
        json.writeNumberField("low", bin.low());
        json.writeNumberField("high", bin.high());
        known(json, "mean_confidence", bin.meanConfidence());
        share(json, bin.success());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Without interval where there is nothing to count. */
  private static void share(JsonGenerator json, Proportion share) throws IOException {
    json.writeNumberField("successes", share.count());
    json.writeNumberField("of", share.of());
    known(json, "success_rate", share.of() == 0 ? Double.NaN : share.rate());
    known(json, "success_rate_low", share.of() == 0 ? Double.NaN : share.low());
    known(json, "success_rate_high", share.of() == 0 ? Double.NaN : share.high());
  }

  /** Null for what is not known. */
  static void known(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
