package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.json.Json;

/** Bedrock's converse. What it streams is in a binary form that is not read. */
final class Converse implements Shape {
  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider() {
    return "aws.bedrock";
  }

  @Override
  public boolean asks(Json request) {
    return request.get("messages").isArray();
  }

  @Override
  public void request(Json request, ModelCall call) {
    Asking.parameters(request.get("inferenceConfig"), call);
    Asking.system(request.get("system"), call);
    Messages messages = new Messages();
    for (Json message : request.get("messages").elements()) {
      message(message, messages);
    }
    call.input(messages);
    ToolDefinitions tools = new ToolDefinitions();
    for (Json tool : request.get("toolConfig").get("tools").elements()) {
      Json spec = tool.get("toolSpec");
      Asking.tool(spec, spec.get("inputSchema").get("json"), tools);
    }
    call.tools(tools);
  }

  @Override
  public void answer(Json response, Answer answer) {
    for (Json block : response.get("output").get("message").get("content").elements()) {
      Json tool = block.get("toolUse");
      answer.text(0, block.get("text").text());
      answer.thought(0, block.get("reasoningContent").get("reasoningText").get("text").text());
      if (tool.isObject()) {
        answer.tool(
            0,
            answer.tools(0),
            tool.get("toolUseId").text(),
            tool.get("name").text(),
            tool.get("input").asText());
      }
    }
    answer.finished(response.get("stopReason").text());
    Json usage = response.get("usage");
    answer.cacheIsApart();
    answer.tokens(usage.get("inputTokens").integer(), usage.get("outputTokens").integer());
    answer.parts(
        usage.get("cacheReadInputTokens").integer(),
        usage.get("cacheWriteInputTokens").integer(),
        null);
  }

  @Override
  public boolean piece(Json event, Answer answer) {
    return false;
  }

  private static void message(Json message, Messages to) {
    boolean results =
        message.get("content").elements().stream().anyMatch(it -> it.has("toolResult"));
    to.role(results ? "tool" : message.get("role").text("user"));
    for (Json block : message.get("content").elements()) {
      Json call = block.get("toolUse");
      Json result = block.get("toolResult");
      to.text(block.get("text").text());
      if (call.isObject()) {
        to.toolCall(
            call.get("toolUseId").text(), call.get("name").text(), call.get("input").asText());
      }
      if (result.isObject()) {
        for (Json part : result.get("content").elements()) {
          String text = part.has("json") ? part.get("json").asText() : part.get("text").text();
          to.toolCallResponse(result.get("toolUseId").text(), text);
        }
      }
    }
  }
}
