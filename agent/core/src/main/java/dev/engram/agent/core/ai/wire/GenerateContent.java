package dev.engram.agent.core.ai.wire;

import dev.engram.agent.core.ai.Messages;
import dev.engram.agent.core.ai.ModelCall;
import dev.engram.agent.core.ai.ToolDefinitions;
import dev.engram.agent.core.json.Json;
import org.jspecify.annotations.Nullable;

/** Gemini's generation of content. Its streams end without a last word. */
final class GenerateContent implements Shape {
  @Override
  public String operation() {
    return "generate_content";
  }

  @Override
  public String provider() {
    return "gcp.gemini";
  }

  @Override
  public boolean asks(Json request) {
    return request.get("contents").isArray();
  }

  @Override
  public void request(Json request, ModelCall call) {
    Asking.parameters(request.first("generationConfig", "generation_config"), call);
    Asking.system(request.first("systemInstruction", "system_instruction").get("parts"), call);
    Messages messages = new Messages();
    for (Json content : request.get("contents").elements()) {
      content(content, messages);
    }
    call.input(messages);
    ToolDefinitions tools = new ToolDefinitions();
    for (Json tool : request.get("tools").elements()) {
      for (Json function : tool.first("functionDeclarations", "function_declarations").elements()) {
        Asking.tool(function, function.first("parameters", "parametersJsonSchema"), tools);
      }
    }
    call.tools(tools);
  }

  @Override
  public void answer(Json response, Answer answer) {
    piece(response, answer);
  }

  /** The one with a reason to finish is the last. */
  @Override
  public boolean piece(Json event, Answer answer) {
    answer.from(event.get("responseId"), event.get("modelVersion"));
    boolean finished = false;
    for (Json candidate : event.get("candidates").elements()) {
      Long place = candidate.get("index").integer();
      int index = place == null ? 0 : place.intValue();
      for (Json part : candidate.get("content").get("parts").elements()) {
        said(part, index, answer);
      }
      String reason = candidate.get("finishReason").text();
      answer.finished(reason);
      finished = finished || reason != null;
    }
    usage(event.get("usageMetadata"), answer);
    return finished && event.has("usageMetadata");
  }

  private static void content(Json content, Messages to) {
    String role = content.get("role").text("user");
    boolean results =
        content.get("parts").elements().stream().anyMatch(it -> it.has("functionResponse"));
    to.role(results ? "tool" : role.equals("model") ? "assistant" : role);
    for (Json part : content.get("parts").elements()) {
      Json call = part.get("functionCall");
      Json result = part.get("functionResponse");
      if (part.isObject() && part.has("functionCall")) {
        to.toolCall(call.get("id").text(), call.get("name").text(), call.get("args").asText());
      } else if (part.has("functionResponse")) {
        to.toolCallResponse(result.first("id", "name").text(), result.get("response").asText());
      } else if (part.get("thought").isTrue()) {
        to.reasoning(part.get("text").text());
      } else if (part.has("inlineData") || part.has("fileData")) {
        media(part, to);
      } else {
        to.text(part.get("text").text());
      }
    }
  }

  private static void media(Json part, Messages to) {
    Json data = part.first("inlineData", "fileData");
    String type = data.get("mimeType").text();
    String modality = type == null ? "document" : type.substring(0, Math.max(0, type.indexOf('/')));
    boolean known =
        modality.equals("image") || modality.equals("audio") || modality.equals("video");
    to.media(known ? modality : "document", type, data.get("fileUri").text());
  }

  private static void said(Json part, int index, Answer answer) {
    Json call = part.get("functionCall");
    if (call.isObject()) {
      answer.tool(
          index,
          answer.tools(index),
          call.get("id").text(),
          call.get("name").text(),
          call.get("args").asText());
    } else if (part.get("thought").isTrue()) {
      answer.thought(index, part.get("text").text());
    } else {
      answer.text(index, part.get("text").text());
    }
  }

  /** Candidates are counted without what was thought, prompts without what tools gave. */
  private static void usage(Json usage, Answer answer) {
    Long thoughts = usage.get("thoughtsTokenCount").integer();
    answer.tokens(
        sum(
            usage.get("promptTokenCount").integer(),
            usage.get("toolUsePromptTokenCount").integer()),
        sum(usage.get("candidatesTokenCount").integer(), thoughts));
    answer.parts(usage.get("cachedContentTokenCount").integer(), null, thoughts);
  }

  private static @Nullable Long sum(@Nullable Long tokens, @Nullable Long more) {
    return tokens == null || more == null ? tokens : Long.valueOf(tokens + more);
  }
}
