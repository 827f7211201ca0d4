package dev.engram.cli.render;

import dev.engram.cli.render.Messages.Message;
import dev.engram.cli.render.Messages.Part;
import dev.engram.collector.analysis.ai.AiCall;
import dev.engram.collector.query.Conversation;
import dev.engram.collector.query.PayloadExcerpt;
import dev.engram.collector.query.SpanIds;
import dev.engram.collector.store.SpanRow;
import dev.engram.collector.store.StoredSpan;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A call of a model as the conversation that it was, readable in a terminal. */
public final class ConversationView {
  private static final String REQUEST = "gen_ai.request.";

  private final Conversation conversation;
  private final Terminal terminal;
  private final Style style;

  public ConversationView(Conversation conversation, Terminal terminal) {
    this.conversation = conversation;
    this.terminal = terminal;
    this.style = terminal.style();
  }

  public void print(ZoneId zone) {
    head(zone);
    payload("gen_ai.system_instructions").ifPresent(this::instructions);
    payload("gen_ai.tool.definitions").ifPresent(this::definitions);
    payload("gen_ai.input.messages").ifPresent(it -> messages(it, ""));
    payload("gen_ai.output.messages").ifPresent(it -> messages(it, "answer of "));
  }

  private void head(ZoneId zone) {
    SpanRow row = conversation.call().span().row();
    AiCall numbers = conversation.call().numbers();
    line(
        style.bold(SafeText.of(row.name()))
            + style.dim(
                "  "
                    + Units.time(row.startEpochNanos(), zone)
                    + "  "
                    + Units.duration(row.durationNanos())));
    fact("status", AiCallView.status(conversation.call()) + description(row));
    fact("service", conversation.call().span().service());
    fact("trace", row.traceId().hex() + "  span " + SpanIds.hex(row.spanId()));
    fact("provider", text(row, "gen_ai.provider.name"));
    fact("model", numbers.model());
    fact("cost", Units.dollars(conversation.call().costUsd()));
    fact("tokens", numbers.tokens() == null ? "-" : WorkLines.tokens(numbers.tokens()));
    fact("first", numbers.firstChunkNanos() < 0 ? "" : Units.duration(numbers.firstChunkNanos()));
    fact("retries", numbers.retries() == 0 ? "" : Units.count(numbers.retries()));
    fact("finish", text(row, "gen_ai.response.finish_reasons"));
    fact("prompt", prompt(row));
    fact("asked", parameters(row));
    conversation.feedback().forEach(it -> fact("feedback", DecisionView.said(it, zone)));
  }

  private static String description(SpanRow row) {
    return row.statusDescription() == null ? "" : ": " + row.statusDescription();
  }

  private static String prompt(SpanRow row) {
    return (text(row, "gen_ai.prompt.name") + " " + text(row, "engram.ai.prompt.hash")).strip();
  }

  /** Of the request, but for the model. */
  private static String parameters(SpanRow row) {
    StringBuilder parameters = new StringBuilder();
    for (Map.Entry<String, Object> it : new TreeMap<>(row.attributes()).entrySet()) {
      if (it.getKey().startsWith(REQUEST) && !it.getKey().equals("gen_ai.request.model")) {
        parameters.append(parameters.isEmpty() ? "" : ", ");
        parameters.append(it.getKey().substring(REQUEST.length())).append(' ');
        parameters.append(it.getValue());
      }
    }
    return parameters.toString();
  }

  private void instructions(PayloadExcerpt payload) {
    caption("system", payload);
    Optional<List<Part>> read = Messages.instructions(text(payload));
    read.ifPresentOrElse(parts -> parts.forEach(this::part), () -> text(text(payload), "  "));
  }

  private void definitions(PayloadExcerpt payload) {
    caption("tools", payload);
    Optional<List<Part>> read = Messages.tools(text(payload));
    read.ifPresentOrElse(
        tools ->
            tools.forEach(
                tool -> line("  " + style.cyan(SafeText.of(tool.name())) + description(tool))),
        () -> text(text(payload), "  "));
  }

  private static String description(Part tool) {
    return tool.text().isEmpty() ? "" : "  " + SafeText.of(tool.text().strip());
  }

  private void messages(PayloadExcerpt payload, String whose) {
    Optional<List<Message>> read = Messages.of(text(payload));
    if (read.isEmpty()) {
      caption(payload.name(), payload);
      text(text(payload), "  ");
      return;
    }
    for (Message message : read.get()) {
      caption(whose + (message.role().isEmpty() ? "assistant" : message.role()), payload);
      message.parts().forEach(this::part);
    }
  }

  private void part(Part part) {
    switch (part.type()) {
      case "text" -> text(part.text(), "  ");
      case "tool_call" -> {
        line("  " + style.yellow("calls " + SafeText.of(part.name())) + style.dim(execution(part)));
        text(part.text(), "    ");
      }
      case "tool_call_response" -> {
        line("  " + style.yellow("result") + style.dim(" of " + SafeText.of(part.id())));
        text(part.text(), "    ");
      }
      default -> {
        line("  " + style.dim(SafeText.of(part.type())));
        text(part.text(), "    ");
      }
    }
  }

  /** The id of a call of a tool, and how it went where that is remembered. */
  private String execution(Part call) {
    StringBuilder execution = new StringBuilder("  ").append(SafeText.of(call.id()));
    for (StoredSpan tool : conversation.tools()) {
      if (!call.id().isEmpty() && call.id().equals(text(tool.row(), "gen_ai.tool.call.id"))) {
        execution.append("  ").append(Units.duration(tool.row().durationNanos()));
        execution.append(tool.row().status().equals("error") ? "  error" : "");
        break;
      }
    }
    return execution.toString();
  }

  private void caption(String text, PayloadExcerpt payload) {
    line("");
    line(style.bold(SafeText.of(text)) + (payload.complete() ? "" : style.red("  (cut)")));
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      line(String.format("%-9s ", name) + SafeText.of(value));
    }
  }

  /** Captured text keeps its lines, and nothing else that moves a cursor. */
  private void text(String text, String indent) {
    text.strip().lines().forEach(line -> line(indent + SafeText.of(line.replace("\t", "  "))));
  }

  private void line(String text) {
    terminal.out().println(text);
  }

  private Optional<PayloadExcerpt> payload(String name) {
    return conversation.payloads().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  private static String text(PayloadExcerpt payload) {
    return payload.text() == null ? "not all of it has arrived" : payload.text();
  }

  private static String text(SpanRow row, String attribute) {
    return row.attributes().get(attribute) instanceof String text ? text : "";
  }

  /** The whole call on one line. */
  public static String json(Conversation conversation) {
    return JsonLines.line(
        json -> {
          SpanView.members(json, conversation.call().span());
          JsonLines.number(json, "cost_usd", conversation.call().costUsd());
          TraceView.payloads(json, conversation.payloads());
          json.writeArrayFieldStart("tools");
          for (StoredSpan tool : conversation.tools()) {
            json.writeStartObject();
            SpanView.members(json, tool);
            json.writeEndObject();
          }
          json.writeEndArray();
          DecisionView.feedback(json, conversation.feedback());
        });
  }
}
