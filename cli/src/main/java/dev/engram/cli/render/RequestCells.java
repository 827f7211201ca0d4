package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.collector.analysis.Proportion;
import dev.engram.collector.analysis.RequestSummary;
import java.io.IOException;

/** What requests came to, as cells of a table and as JSON. */
final class RequestCells {
  private RequestCells() {}

  /** The share of errors, and between which shares it lies with 95% probability. */
  static Cell errorRate(RequestSummary requests, Style style) {
    Proportion errors = requests.errors();
    if (errors.of() == 0) {
      return Cell.of("-");
    }
    String text =
        Units.percent(errors.rate())
            + " ("
            + Units.percent(errors.low())
            + "-"
            + Units.percent(errors.high())
            + ")";
    return errors.count() == 0 ? Cell.of(text) : Cell.of(text, style::red);
  }

  static void members(JsonGenerator json, RequestSummary requests) throws IOException {
    json.writeNumberField("requests", requests.count());
    JsonLines.proportion(json, "errors", "error_rate", requests.errors());
    JsonLines.duration(json, "p95_ns", requests.p95Nanos());
  }
}
