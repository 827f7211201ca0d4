package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.json.Json;
import dev.engram.agent.record.AttributeKey;

/** Ollama's chat and generate, which stream lines unless they are told not to. */
final class OllamaMessages implements Shape {
  private final String operation;

  /**
   * @param operation {@code chat} or {@code text_completion}
   */
  OllamaMessages(String operation) {
    this.operation = operation;
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public String provider() {
    return "ollama";
  }

  @Override
  public boolean asks(Json request) {
    return request.has("model") && (request.get("messages").isArray() || request.has("prompt"));
  }

  @Override
  public void request(Json request, ModelCall call) {
    Asking.parameters(request.get("options"), call);
    call.set(AttributeKey.GEN_AI_REQUEST_STREAM, streams(request));
    call.system(request.get("system").text());
    Messages messages = new Messages();
    messages.text(request.get("prompt").text());
    for (Json message : request.get("messages").elements()) {
      ChatCompletions.message(message, messages, call);
    }
    call.input(messages);
    ToolDefinitions tools = new ToolDefinitions();
    for (Json tool : request.get("tools").elements()) {
      Json function = tool.get("function");
      Asking.tool(function, function.get("parameters"), tools);
    }
    call.tools(tools);
  }

  @Override
  public void answer(Json response, Answer answer) {
    piece(response, answer);
  }

  @Override
  public boolean piece(Json event, Answer answer) {
    answer.from(Json.MISSING, event.get("model"));
    Json message = event.get("message");
    answer.thought(
        0, message.has("thinking") ? message.get("thinking").text() : event.get("thinking").text());
    answer.text(
        0, message.has("content") ? message.get("content").text() : event.get("response").text());
    for (Json tool : message.get("tool_calls").elements()) {
      Json function = tool.get("function");
      answer.tool(
          0,
          answer.tools(0),
          tool.get("id").text(),
          function.get("name").text(),
          function.get("arguments").asText());
    }
    answer.finished(event.get("done_reason").text());
    answer.tokens(event.get("prompt_eval_count").integer(), event.get("eval_count").integer());
    return event.get("done").isTrue();
  }

  private static boolean streams(Json request) {
    return !request.has("stream") || request.get("stream").isTrue();
  }
}
