package dev.engram.integration.provider;

import static dev.engram.integration.provider.Json.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.engram.integration.provider.Reply.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Anthropic's messages, by Bedrock's invoke too, which has the model in its path. */
final class AnthropicMessages implements Dialect {
  private static final String INVOKE = "/invoke";

  @Override
  public boolean speaks(String path) {
    return path.endsWith("/messages") || BedrockConverse.isOf(path, INVOKE);
  }

  @Override
  public Asked read(String path, JsonNode request) {
    String prompt = "";
    List<String> results = new ArrayList<>();
    for (JsonNode message : request.path("messages")) {
      JsonNode content = message.path("content");
      String text = Texts.of(content);
      if (message.path("role").asText().equals("user") && !text.isEmpty()) {
        prompt = text;
        results.clear();
      }
      for (JsonNode block : content) {
        if (block.path("type").asText().equals("tool_result")) {
          results.add(Texts.of(block.path("content")));
        }
      }
    }
    List<Asked.Tool> tools = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      tools.add(new Asked.Tool(tool.path("name").asText(), tool.path("input_schema")));
    }
    return new Asked(
        path.endsWith(INVOKE)
            ? BedrockConverse.model(path, INVOKE)
            : request.path("model").asText(),
        request.path("stream").asBoolean(),
        prompt,
        results,
        tools,
        MissingNode.getInstance(),
        request);
  }

  @Override
  public Object whole(Asked asked, Reply reply) {
    return message(asked, reply, blocks(reply), stop(reply), usage(reply.usage()));
  }

  @Override
  public List<String> frames(Asked asked, Reply reply) {
    List<String> frames = new ArrayList<>();
    Map<String, Object> usage = usage(reply.usage());
    usage.put("output_tokens", 1);
    Object begun = message(asked, reply, List.of(), null, usage);
    event(frames, "message_start", object("message", begun));
    event(frames, "ping", object());
    List<Map<String, Object>> blocks = blocks(reply);
    for (int i = 0; i < blocks.size(); i++) {
      blockFrames(frames, reply, blocks.get(i), i);
    }
    event(
        frames,
        "message_delta",
        object(
            "delta",
            object("stop_reason", stop(reply), "stop_sequence", null),
            "usage",
            object("output_tokens", reply.usage().output())));
    event(frames, "message_stop", object());
    return frames;
  }

  @Override
  public Object error(int status, String message) {
    return object(
        "type", "error", "error", object("type", "stub_error_" + status, "message", message));
  }

  private static void blockFrames(
      List<String> frames, Reply reply, Map<String, Object> block, int index) {
    List<Map<String, Object>> deltas = new ArrayList<>();
    Map<String, Object> begun = new java.util.LinkedHashMap<>(block);
    switch ((String) block.get("type")) {
      case "text" -> {
        begun.put("text", "");
        reply.pieces().forEach(it -> deltas.add(object("type", "text_delta", "text", it)));
      }
      case "thinking" -> {
        begun.put("thinking", "");
        deltas.add(object("type", "thinking_delta", "thinking", reply.thought()));
      }
      default -> {
        begun.put("input", object());
        String input = Json.text(block.get("input"));
        int half = input.length() / 2;
        deltas.add(object("type", "input_json_delta", "partial_json", input.substring(0, half)));
        deltas.add(object("type", "input_json_delta", "partial_json", input.substring(half)));
      }
    }
    event(frames, "content_block_start", object("index", index, "content_block", begun));
    deltas.forEach(it -> event(frames, "content_block_delta", object("index", index, "delta", it)));
    event(frames, "content_block_stop", object("index", index));
  }

  private static void event(List<String> frames, String type, Map<String, Object> fields) {
    Map<String, Object> event = object("type", type);
    event.putAll(fields);
    frames.add("event: " + type + "\n" + Dialect.data(event));
  }

  private static List<Map<String, Object>> blocks(Reply reply) {
    List<Map<String, Object>> blocks = new ArrayList<>();
    if (!reply.thought().isEmpty()) {
      blocks.add(object("type", "thinking", "thinking", reply.thought(), "signature", "c2ln"));
    }
    reply
        .calls()
        .forEach(
            call ->
                blocks.add(
                    object(
                        "type",
                        "tool_use",
                        "id",
                        call.id(),
                        "name",
                        call.name(),
                        "input",
                        Json.parse(call.arguments()))));
    if (reply.calls().isEmpty()) {
      blocks.add(object("type", "text", "text", reply.text(), "citations", null));
    }
    return blocks;
  }

  private static Object message(
      Asked asked, Reply reply, Object content, Object stop, Object usage) {
    return object(
        "id",
        "msg_" + reply.id(),
        "type",
        "message",
        "role",
        "assistant",
        "model",
        asked.model() + "-2025",
        "content",
        content,
        "stop_reason",
        stop,
        "stop_sequence",
        null,
        "usage",
        usage);
  }

  private static String stop(Reply reply) {
    return reply.calls().isEmpty() ? "end_turn" : "tool_use";
  }

  /** Its input is what did not pass a cache. */
  private static Map<String, Object> usage(Usage usage) {
    return object(
        "input_tokens",
        usage.input() - usage.cacheRead() - usage.cacheCreation(),
        "cache_read_input_tokens",
        usage.cacheRead(),
        "cache_creation_input_tokens",
        usage.cacheCreation(),
        "output_tokens",
        usage.output());
  }
}
