package dev.engram.cli.render;

import dev.engram.cli.render.Messages.Message;
import dev.engram.cli.render.Messages.Part;
import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.analysis.ai.Tokens;
import dev.engram.collector.query.PayloadExcerpt;
import dev.engram.collector.store.SpanRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a trace says in a line of calls of models, runs of workflows and their nodes, and of what
 * was said. Not yet safe to show. Pure.
 */
final class WorkLines {
  private WorkLines() {}

  /** What matters of the span; empty for spans of other categories. */
  static String of(SpanRow row) {
    List<String> words =
        switch (row.category()) {
          case "ai" -> AiCall.isOne(row) ? call(row) : List.of(text(row, "gen_ai.conversation.id"));
          case "workflow" -> run(row);
          case "node" -> node(row);
          default -> List.of();
        };
    return words.stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
  }

  private static List<String> call(SpanRow row) {
    AiCall call = AiCall.of(row);
    List<String> words = new ArrayList<>();
    Tokens tokens = call.tokens();
    words.add(tokens == null ? "" : tokens(tokens));
    words.add(
        call.firstChunkNanos() < 0
            ? ""
            : "first chunk after " + Units.duration(call.firstChunkNanos()));
    words.add(call.retries() == 0 ? "" : Units.count(call.retries()) + " retries");
    words.add(call.incomplete() ? "incomplete" : text(row, "gen_ai.response.finish_reasons"));
    return words;
  }

  /** With the parts that are not 0. */
  static String tokens(Tokens tokens) {
    return Units.count(tokens.input())
        + " tokens in"
        + some(tokens.cacheRead(), " from cache")
        + some(tokens.cacheWrite(), " to cache")
        + ", "
        + Units.count(tokens.output())
        + " out"
        + some(tokens.reasoning(), " of reasoning");
  }

  private static String some(long count, String what) {
    return count == 0 ? "" : " (" + Units.count(count) + what + ")";
  }

  private static List<String> run(SpanRow row) {
    String engine = text(row, "engram.workflow.engine");
    return List.of(
        "run " + text(row, "engram.workflow.run.id"), engine.isEmpty() ? "" : "by " + engine);
  }

  private static List<String> node(SpanRow row) {
    Object attempt = row.attributes().get("engram.workflow.node.attempt");
    String from = text(row, "engram.workflow.transition.from");
    String reason = text(row, "engram.workflow.transition.reason");
    return List.of(
        attempt instanceof Long number && number > 1 ? "attempt " + number : "",
        from.isEmpty() ? "" : "from " + from,
        reason.isEmpty() ? "" : "because " + reason);
  }

  /** What was said, of the input only the last; empty when the payload holds no whole messages. */
  static Optional<String> said(PayloadExcerpt payload) {
    if (payload.text() == null || !payload.complete()) {
      return Optional.empty();
    }
    return switch (payload.name()) {
      case "gen_ai.input.messages" ->
          Messages.of(payload.text())
              .filter(messages -> !messages.isEmpty())
              .map(messages -> said(messages.get(messages.size() - 1)));
      case "gen_ai.output.messages" ->
          Messages.of(payload.text())
              .map(all -> all.stream().map(WorkLines::said).collect(Collectors.joining("; ")));
      case "gen_ai.system_instructions" ->
          Messages.instructions(payload.text()).map(WorkLines::said);
      case "gen_ai.tool.definitions" ->
          Messages.tools(payload.text())
              .map(all -> all.stream().map(Part::name).collect(Collectors.joining(", ")));
      default -> Optional.empty();
    };
  }

  private static String said(Message message) {
    return (message.role().isEmpty() ? "" : message.role() + ": ") + said(message.parts());
  }

  private static String said(List<Part> parts) {
    return parts.stream()
        .map(part -> part.type().equals("tool_call") ? part.name() + part.text() : part.text())
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .collect(Collectors.joining(" "));
  }

  private static String text(SpanRow row, String attribute) {
    Map<String, Object> attributes = row.attributes();
    return attributes.get(attribute) instanceof String text ? text : "";
  }
}
