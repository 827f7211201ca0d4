package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.json.Json;
import dev.engram.agent.record.AttributeKey;

/** OpenAI's responses. */
final class Responses implements Shape {
  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider() {
    return "openai";
  }

  @Override
  public boolean asks(Json request) {
    return request.has("input") && (request.has("model") || request.has("prompt"));
  }

  @Override
  public void request(Json request, ModelCall call) {
    Asking.parameters(request, call);
    Json conversation = request.get("conversation");
    call.set(
            AttributeKey.GEN_AI_CONVERSATION_ID,
            conversation.has("id") ? conversation.get("id").text() : conversation.text())
        .system(request.get("instructions").text());
    Messages messages = new Messages();
    messages.text(request.get("input").text());
    for (Json item : request.get("input").elements()) {
      item(item, messages, call);
    }
    call.input(messages);
    ToolDefinitions tools = new ToolDefinitions();
    for (Json tool : request.get("tools").elements()) {
      Asking.tool(tool, tool.get("parameters"), tools);
    }
    call.tools(tools);
  }

  @Override
  public void answer(Json response, Answer answer) {
    answer.from(response.get("id"), response.get("model"));
    for (Json item : response.get("output").elements()) {
      said(item, answer);
    }
    Json incomplete = response.get("incomplete_details").get("reason");
    answer.finished(incomplete.text(response.get("status").text("completed")));
    Json usage = response.get("usage");
    answer.tokens(usage.get("input_tokens").integer(), usage.get("output_tokens").integer());
    answer.parts(
        usage.get("input_tokens_details").get("cached_tokens").integer(),
        null,
        usage.get("output_tokens_details").get("reasoning_tokens").integer());
  }

  /** The last event has the whole answer once more. */
  @Override
  public boolean piece(Json event, Answer answer) {
    Json response = event.get("response");
    switch (event.get("type").text("")) {
      case "response.created", "response.in_progress" ->
          answer.from(response.get("id"), response.get("model"));
      case "response.output_text.delta", "response.refusal.delta" ->
          answer.text(0, event.get("delta").text());
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          answer.thought(0, event.get("delta").text());
      case "response.output_item.done" -> {
        if (event.get("item").get("type").text("").equals("function_call")) {
          said(event.get("item"), answer);
        }
      }
      case "response.completed", "response.incomplete", "response.failed" -> {
        answer.restart();
        answer(response, answer);
        return true;
      }
      default -> {}
    }
    return false;
  }

  private static void item(Json item, Messages to, ModelCall call) {
    switch (item.get("type").text("message")) {
      case "function_call" ->
          to.role("assistant")
              .toolCall(
                  item.get("call_id").text(),
                  item.get("name").text(),
                  item.get("arguments").asText());
      case "function_call_output" ->
          to.role("tool").toolCallResponse(item.get("call_id").text(), item.get("output").asText());
      case "message" -> ChatCompletions.message(item, to, call);
      default -> {}
    }
  }

  private static void said(Json item, Answer answer) {
    switch (item.get("type").text("")) {
      case "message" -> {
        for (Json part : item.get("content").elements()) {
          answer.text(0, part.first("text", "refusal").text());
        }
      }
      case "reasoning" -> {
        for (Json part : item.get("summary").elements()) {
          answer.thought(0, part.get("text").text());
        }
      }
      case "function_call" ->
          answer.tool(
              0,
              answer.tools(0),
              item.get("call_id").text(),
              item.get("name").text(),
              item.get("arguments").asText());
      default -> {}
    }
  }
}
