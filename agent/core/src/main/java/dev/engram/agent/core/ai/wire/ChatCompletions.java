package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.json.Json;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions, which many others speak too. */
final class ChatCompletions implements Shape {
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
    return request.get("messages").isArray();
  }

  @Override
  public void request(Json request, ModelCall call) {
    Asking.parameters(request, call);
    Messages messages = new Messages();
    for (Json message : request.get("messages").elements()) {
      message(message, messages, call);
    }
    call.input(messages);
    ToolDefinitions tools = new ToolDefinitions();
    for (Json tool : request.get("tools").elements()) {
      Json function = tool.has("function") ? tool.get("function") : tool;
      Asking.tool(function, function.get("parameters"), tools);
    }
    call.tools(tools);
  }

  @Override
  public void answer(Json response, Answer answer) {
    answer.from(response.get("id"), response.get("model"));
    for (Json choice : response.get("choices").elements()) {
      said(choice, choice.get("message"), answer);
    }
    usage(response.get("usage"), answer);
  }

  /**
   * Usage that was asked for comes in a piece of its own after what finishes the text, and is the
   * last that a client is given; else {@code [DONE]} is the end.
   */
  @Override
  public boolean piece(Json event, Answer answer) {
    answer.from(event.get("id"), event.get("model"));
    for (Json choice : event.get("choices").elements()) {
      said(choice, choice.get("delta"), answer);
    }
    usage(event.get("usage"), answer);
    return answer.isFinished()
        && event.get("usage").isObject()
        && event.get("choices").elements().isEmpty();
  }

  static void message(Json message, Messages to, ModelCall call) {
    String role = message.get("role").text("user");
    Json content = message.get("content");
    if (role.equals("system") || role.equals("developer")) {
      Asking.system(content, call);
      return;
    }
    to.role(role);
    if (role.equals("tool")) {
      to.toolCallResponse(message.first("tool_call_id", "tool_name").text(), plain(content));
      return;
    }
    Asking.content(content, to);
    for (Json tool : message.get("tool_calls").elements()) {
      Json function = tool.get("function");
      to.toolCall(
          tool.get("id").text(), function.get("name").text(), function.get("arguments").asText());
    }
  }

  /** The text of a content, whose parts are one after the other; null for none. */
  private static @Nullable String plain(Json content) {
    if (!content.isArray()) {
      return content.text();
    }
    StringBuilder text = new StringBuilder();
    content.elements().forEach(part -> text.append(part.get("text").text("")));
    return text.toString();
  }

  private static void said(Json choice, Json message, Answer answer) {
    Long index = choice.get("index").integer();
    int at = index == null ? 0 : index.intValue();
    answer.thought(at, message.first("reasoning_content", "reasoning").text());
    answer.text(at, message.first("content", "refusal").text());
    int position = 0;
    for (Json tool : message.get("tool_calls").elements()) {
      Long place = tool.get("index").integer();
      Json function = tool.get("function");
      answer.tool(
          at,
          place == null ? position : place.intValue(),
          tool.get("id").text(),
          function.get("name").text(),
          function.get("arguments").asText());
      position++;
    }
    answer.finished(choice.get("finish_reason").text());
  }

  private static void usage(Json usage, Answer answer) {
    answer.tokens(usage.get("prompt_tokens").integer(), usage.get("completion_tokens").integer());
    answer.parts(
        usage.get("prompt_tokens_details").get("cached_tokens").integer(),
        null,
        usage.get("completion_tokens_details").get("reasoning_tokens").integer());
  }
}
