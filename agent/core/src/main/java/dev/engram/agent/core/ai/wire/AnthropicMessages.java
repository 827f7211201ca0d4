package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.json.Json;
import org.jspecify.annotations.Nullable;

/** Anthropic's messages, which Bedrock takes too. */
final class AnthropicMessages implements Shape {
  private final String provider;

  AnthropicMessages(String provider) {
    this.provider = provider;
  }

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider() {
    return provider;
  }

  /** Without its limit the provider refuses it; others have paths that end like this too. */
  @Override
  public boolean asks(Json request) {
    return request.get("messages").isArray() && request.has("max_tokens");
  }

  @Override
  public void request(Json request, ModelCall call) {
    Asking.parameters(request, call);
    Asking.system(request.get("system"), call);
    Messages messages = new Messages();
    for (Json message : request.get("messages").elements()) {
      message(message, messages);
    }
    call.input(messages);
    ToolDefinitions tools = new ToolDefinitions();
    for (Json tool : request.get("tools").elements()) {
      Asking.tool(tool, tool.get("input_schema"), tools);
    }
    call.tools(tools);
  }

  @Override
  public void answer(Json response, Answer answer) {
    answer.from(response.get("id"), response.get("model"));
    int index = 0;
    for (Json block : response.get("content").elements()) {
      begun(block, index++, true, answer);
    }
    answer.finished(response.get("stop_reason").text());
    usage(response.get("usage"), answer);
  }

  @Override
  public boolean piece(Json event, Answer answer) {
    Long place = event.get("index").integer();
    int index = place == null ? 0 : place.intValue();
    switch (event.get("type").text("")) {
      case "message_start" -> answer(event.get("message"), answer);
      case "content_block_start" -> begun(event.get("content_block"), index, false, answer);
      case "content_block_delta" -> {
        Json delta = event.get("delta");
        answer.text(0, delta.get("text").text());
        answer.thought(0, delta.get("thinking").text());
        if (delta.has("partial_json")) {
          answer.tool(0, index, null, null, delta.get("partial_json").text());
        }
      }
      case "message_delta" -> {
        answer.finished(event.get("delta").get("stop_reason").text());
        usage(event.get("usage"), answer);
      }
      case "message_stop" -> {
        return true;
      }
      default -> {}
    }
    return false;
  }

  private static void message(Json message, Messages to) {
    String role = message.get("role").text("user");
    Json content = message.get("content");
    boolean results = content.elements().stream().anyMatch(it -> isOf("tool_result", it));
    to.role(results ? "tool" : role);
    if (content.text() != null) {
      to.text(content.text());
    }
    for (Json block : content.elements()) {
      switch (block.get("type").text("text")) {
        case "text" -> to.text(block.get("text").text());
        case "thinking" -> to.reasoning(block.get("thinking").text());
        case "tool_use" ->
            to.toolCall(
                block.get("id").text(), block.get("name").text(), block.get("input").asText());
        case "tool_result" ->
            to.toolCallResponse(block.get("tool_use_id").text(), result(block.get("content")));
        case "image", "document" -> to.media(block.get("type").text(""), null, null);
        default -> {}
      }
    }
  }

  private static @Nullable String result(Json content) {
    if (!content.isArray()) {
      return content.text();
    }
    StringBuilder text = new StringBuilder();
    content.elements().forEach(part -> text.append(part.get("text").text("")));
    return text.toString();
  }

  /**
   * @param whole whether the arguments of a tool are in it; else they follow
   */
  private static void begun(Json block, int index, boolean whole, Answer answer) {
    answer.text(0, block.get("text").text());
    answer.thought(0, block.get("thinking").text());
    if (isOf("tool_use", block)) {
      answer.tool(
          0,
          index,
          block.get("id").text(),
          block.get("name").text(),
          whole ? block.get("input").asText() : null);
    }
  }

  private static boolean isOf(String type, Json block) {
    return block.get("type").text("").equals(type);
  }

  private static void usage(Json usage, Answer answer) {
    answer.cacheIsApart();
    answer.tokens(usage.get("input_tokens").integer(), usage.get("output_tokens").integer());
    answer.parts(
        usage.get("cache_read_input_tokens").integer(),
        usage.get("cache_creation_input_tokens").integer(),
        null);
  }
}
