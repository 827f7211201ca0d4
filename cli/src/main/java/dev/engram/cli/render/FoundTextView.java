package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.query.FoundText;
import dev.engram.collector.query.Snippet;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.SearchHit;
import dev.engram.collector.store.SearchQuery.Place;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Hits of a search: two lines each, with the words painted; and as JSON. */
public final class FoundTextView {
  private static final String INDENT = "    ";

  private FoundTextView() {}

  public static void print(List<FoundText> found, Terminal terminal, ZoneId zone) {
    for (FoundText each : found) {
      SearchHit hit = each.hit();
      terminal.out().println(heading(hit, terminal.style(), zone));
      terminal.out().println(INDENT + painted(each.snippet(), terminal.style()));
    }
  }

  private static String heading(SearchHit hit, Style style, ZoneId zone) {
    return String.join(
        "  ",
        Units.time(hit.timeEpochNanos(), zone),
        String.format("%-6s", place(hit)),
        style.cyan(SafeText.of(hit.service())),
        style.dim(id(hit)),
        style.bold(SafeText.of(hit.name())));
  }

  /** Each part is made harmless on its own, so that the places stay where they are. */
  private static String painted(Snippet snippet, Style style) {
    StringBuilder line = new StringBuilder();
    int from = 0;
    for (Place place : snippet.places()) {
      line.append(SafeText.of(snippet.text().substring(from, place.start())));
      line.append(style.yellow(SafeText.of(snippet.text().substring(place.start(), place.end()))));
      from = place.end();
    }
    return line.append(SafeText.of(snippet.text().substring(from))).toString();
  }

  public static String json(FoundText found) {
    return JsonLines.line(json -> members(json, found));
  }

  private static void members(JsonGenerator json, FoundText found) throws IOException {
    SearchHit hit = found.hit();
    json.writeStringField("in", place(hit));
    json.writeStringField("id", id(hit));
    json.writeStringField("time", Units.rfc3339(hit.timeEpochNanos()));
    json.writeStringField("service", hit.service());
    json.writeStringField("instance", hit.instance().toString());
    json.writeStringField("trace_id", hit.traceId().hex());
    json.writeStringField("span_id", SpanIds.hex(hit.spanId()));
    json.writeStringField("name", hit.name());
    json.writeStringField("snippet", found.snippet().text());
    json.writeArrayFieldStart("matches");
    for (Place place : found.snippet().places()) {
      json.writeArray(new int[] {place.start(), place.end()}, 0, 2);
    }
    json.writeEndArray();
  }

  private static String place(SearchHit hit) {
    return hit.in().name().toLowerCase(Locale.ROOT);
  }

  /** What {@code engram show} takes. */
  private static String id(SearchHit hit) {
    return hit.fingerprint() == 0 ? SpanIds.hex(hit.spanId()) : ErrorLabel.of(hit.fingerprint());
  }
}
