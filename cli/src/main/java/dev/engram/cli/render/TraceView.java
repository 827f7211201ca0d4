package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.collector.analysis.ErrorLabel;
import dev.engram.collector.query.PayloadExcerpt;
import dev.engram.collector.query.TraceTree;
import dev.engram.collector.query.TraceTree.Node;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredException;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A trace as a tree with time bars; under each span its SQL, exceptions and payloads. */
public final class TraceView {
  private static final int PIPED_WIDTH = 120;
  private static final int BAR_WIDTH = 24;
  private static final int DURATION_WIDTH = 9;
  private static final int MAX_FRAMES = 8;
  private static final int MAX_EXCERPT = 300;

  private final TraceTree trace;
  private final Terminal terminal;
  private final Style style;
  private final int width;
  private final int nameWidth;
  private final TimeBar bar;

  public TraceView(TraceTree trace, Terminal terminal) {
    this.trace = trace;
    this.terminal = terminal;
    this.style = terminal.style();
    this.width = Math.min(PIPED_WIDTH, terminal.width());
    this.nameWidth = Math.max(16, width - BAR_WIDTH - DURATION_WIDTH - 4);
    this.bar = new TimeBar(trace.startEpochNanos(), trace.endEpochNanos(), BAR_WIDTH);
  }

  public void print(ZoneId zone) {
    terminal
        .out()
        .println(
            style.bold("trace " + trace.traceId().hex())
                + style.dim(
                    "  "
                        + Units.time(trace.startEpochNanos(), zone)
                        + "  "
                        + Units.duration(trace.endEpochNanos() - trace.startEpochNanos())));
    for (Node root : trace.roots()) {
      node(root, "", "");
    }
    if (!trace.unplaced().isEmpty()) {
      terminal.out().println("exceptions without a stored span");
      trace.unplaced().forEach(exception -> exception(exception, "  "));
    }
  }

  /**
   * @param branch what leads to this node's line
   * @param below what leads to the lines under it
   */
  private void node(Node node, String branch, String below) {
    span(node, branch);
    String rail = below + (node.children().isEmpty() ? "  " : "│ ");
    details(node, rail);
    List<Node> children = node.children();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      node(children.get(i), below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }

  private void span(Node node, String branch) {
    SpanRow row = node.span().row();
    String label = branch + SafeText.of(label(node, branch.isEmpty()));
    String cut = DisplayWidth.cut(label, nameWidth);
    String padding = " ".repeat(nameWidth - DisplayWidth.of(cut));
    boolean asked = row.spanId() == trace.askedSpanId();
    String name = style.status(row.status(), asked ? style.bold(cut) : cut);
    String duration = Units.duration(row.durationNanos());
    terminal
        .out()
        .println(
            (name
                    + padding
                    + "  "
                    + " ".repeat(Math.max(0, DURATION_WIDTH - DisplayWidth.of(duration)))
                    + duration
                    + "  "
                    + style.cyan(bar.of(row.startEpochNanos(), row.durationNanos())))
                .stripTrailing());
  }

  private static String label(Node node, boolean root) {
    SpanRow row = node.span().row();
    List<String> words = new ArrayList<>();
    words.add(root || row.kind().equals("SERVER") ? node.span().service() + ":" : "");
    words.add(row.name());
    words.add(SpanView.responseCode(row));
    words.add(row.status().equals("unset") || row.status().equals("ok") ? "" : row.status());
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }

  private void details(Node node, String rail) {
    SpanRow row = node.span().row();
    Object statement = row.attributes().get("db.query.text");
    if (statement != null) {
      detail(rail, style.cyan(fit(statement.toString().replaceAll("\\s+", " "), rail)));
    }
    String work = WorkLines.of(row);
    if (!work.isEmpty()) {
      detail(rail, style.cyan(fit(work, rail)));
    }
    if (row.spanId() == trace.askedSpanId()) {
      new TreeMap<>(row.attributes())
          .forEach((name, value) -> detail(rail, style.dim(fit(name + " = " + value, rail))));
    }
    node.payloads().forEach(payload -> payload(payload, rail));
    node.exceptions().forEach(exception -> exception(exception, rail));
  }

  private void payload(PayloadExcerpt payload, String rail) {
    String caption = payload.name() + " (" + Units.bytes(payload.size()) + ")";
    String text =
        payload.text() == null
            ? "not all of it has arrived"
            : excerpt(WorkLines.said(payload).orElse(payload.text()), payload.complete());
    detail(rail, style.dim(SafeText.of(caption)) + " " + SafeText.of(text));
  }

  private static String excerpt(String text, boolean complete) {
    boolean whole = complete && text.length() <= MAX_EXCERPT;
    return whole ? text : text.substring(0, Math.min(text.length(), MAX_EXCERPT)) + " …";
  }

  private void exception(StoredException exception, String rail) {
    String label = ErrorLabel.of(exception.row().fingerprint());
    detail(rail, style.yellow(label) + " " + SafeText.of(exception.row().origin()));
    for (String line : new StackView(style, MAX_FRAMES).lines(exception.row().stack())) {
      detail(rail, "  " + line);
    }
  }

  private void detail(String rail, String text) {
    terminal.out().println(style.dim(rail) + "  " + text);
  }

  private String fit(String text, String rail) {
    String safe = SafeText.of(text);
    return terminal.interactive()
        ? DisplayWidth.cut(safe, Math.max(20, width - rail.length() - 2))
        : safe;
  }

  /** One span a line, with its exceptions, in the order of the tree. */
  public static List<String> json(TraceTree trace) {
    List<String> lines = new ArrayList<>();
    trace.roots().forEach(root -> json(root, lines));
    return lines;
  }

  private static void json(Node node, List<String> lines) {
    lines.add(
        JsonLines.line(
            json -> {
              SpanView.members(json, node.span());
              json.writeArrayFieldStart("errors");
              for (StoredException exception : node.exceptions()) {
                exception(json, exception);
              }
              json.writeEndArray();
              payloads(json, node.payloads());
            }));
    node.children().forEach(child -> json(child, lines));
  }

  private static void exception(JsonGenerator json, StoredException exception) throws IOException {
    json.writeStartObject();
    ExceptionJson.members(json, exception);
    json.writeEndObject();
  }

  static void payloads(JsonGenerator json, List<PayloadExcerpt> payloads) throws IOException {
    json.writeArrayFieldStart("payloads");
    for (PayloadExcerpt payload : payloads) {
      json.writeStartObject();
      json.writeStringField("name", payload.name());
      json.writeStringField("content_type", payload.contentType());
      json.writeNumberField("size", payload.size());
      json.writeStringField("text", payload.text());
      json.writeBooleanField("complete", payload.complete());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
