package dev.engram.integration.provider;

import static dev.engram.integration.provider.Json.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.provider.Reply.ToolCall;
import dev.engram.integration.provider.Reply.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenAI's chat completions. */
final class OpenAiChat implements Dialect {
  private static final int CREATED = 1_700_000_000;

  @Override
  public boolean speaks(String path) {
    return path.endsWith("/chat/completions");
  }

  @Override
  public Asked read(String path, JsonNode request) {
    String prompt = "";
    List<String> results = new ArrayList<>();
    for (JsonNode message : request.path("messages")) {
      String role = message.path("role").asText();
      if (role.equals("user")) {
        prompt = Texts.of(message.path("content"));
        results.clear();
      } else if (role.equals("tool")) {
        results.add(Texts.of(message.path("content")));
      }
    }
    List<Asked.Tool> tools = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      JsonNode function = tool.path("function");
      tools.add(new Asked.Tool(function.path("name").asText(), function.path("parameters")));
    }
    return new Asked(
        request.path("model").asText(),
        request.path("stream").asBoolean(),
        prompt,
        results,
        tools,
        request.path("response_format").path("json_schema").path("schema"),
        request);
  }

  @Override
  public Object whole(Asked asked, Reply reply) {
    Map<String, Object> message =
        object(
            "role",
            "assistant",
            "content",
            reply.calls().isEmpty() ? reply.text() : null,
            "refusal",
            null);
    if (!reply.calls().isEmpty()) {
      message.put("tool_calls", reply.calls().stream().map(OpenAiChat::call).toList());
    }
    Map<String, Object> choice =
        object("index", 0, "message", message, "logprobs", null, "finish_reason", finish(reply));
    Map<String, Object> answer = envelope(asked, reply, "chat.completion", List.of(choice));
    answer.put("usage", usage(reply.usage()));
    return answer;
  }

  @Override
  public List<String> frames(Asked asked, Reply reply) {
    List<String> frames = new ArrayList<>();
    frames.add(chunk(asked, reply, object("role", "assistant", "content", ""), null));
    if (reply.calls().isEmpty()) {
      reply
          .pieces()
          .forEach(piece -> frames.add(chunk(asked, reply, object("content", piece), null)));
    }
    for (int i = 0; i < reply.calls().size(); i++) {
      frames.addAll(callFrames(asked, reply, i));
    }
    frames.add(chunk(asked, reply, object(), finish(reply)));
    if (asked.request().path("stream_options").path("include_usage").asBoolean()) {
      Map<String, Object> last = envelope(asked, reply, "chat.completion.chunk", List.of());
      last.put("usage", usage(reply.usage()));
      frames.add(Dialect.data(last));
    }
    frames.add("data: [DONE]\n\n");
    return frames;
  }

  private static List<String> callFrames(Asked asked, Reply reply, int index) {
    ToolCall call = reply.calls().get(index);
    Map<String, Object> begun = call(new ToolCall(call.id(), call.name(), ""));
    begun.put("index", index);
    int half = call.arguments().length() / 2;
    return List.of(
        chunk(asked, reply, object("tool_calls", List.of(begun)), null),
        arguments(asked, reply, index, call.arguments().substring(0, half)),
        arguments(asked, reply, index, call.arguments().substring(half)));
  }

  private static String arguments(Asked asked, Reply reply, int index, String part) {
    Map<String, Object> more = object("index", index, "function", object("arguments", part));
    return chunk(asked, reply, object("tool_calls", List.of(more)), null);
  }

  private static String chunk(Asked asked, Reply reply, Object delta, Object finish) {
    Map<String, Object> choice =
        object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finish);
    return Dialect.data(envelope(asked, reply, "chat.completion.chunk", List.of(choice)));
  }

  private static Map<String, Object> envelope(
      Asked asked, Reply reply, String kind, Object choices) {
    return object(
        "id",
        "chatcmpl-" + reply.id(),
        "object",
        kind,
        "created",
        CREATED,
        "model",
        asked.model() + "-2025",
        "choices",
        choices);
  }

  private static Map<String, Object> call(ToolCall call) {
    return object(
        "id",
        call.id(),
        "type",
        "function",
        "function",
        object("name", call.name(), "arguments", call.arguments()));
  }

  private static String finish(Reply reply) {
    return reply.calls().isEmpty() ? "stop" : "tool_calls";
  }

  private static Object usage(Usage usage) {
    return object(
        "prompt_tokens",
        usage.input(),
        "completion_tokens",
        usage.output(),
        "total_tokens",
        usage.total(),
        "prompt_tokens_details",
        object("cached_tokens", usage.cacheRead()),
        "completion_tokens_details",
        object("reasoning_tokens", usage.reasoning()));
  }
}
