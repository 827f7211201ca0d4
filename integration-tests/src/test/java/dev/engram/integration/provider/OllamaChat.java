package dev.engram.integration.provider;

import static dev.engram.integration.provider.Json.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ollama's chat, which streams lines of JSON unless it is told not to. */
final class OllamaChat implements Dialect {
  @Override
  public boolean speaks(String path) {
    return path.endsWith("/api/chat") || path.endsWith("/api/generate");
  }

  @Override
  public Asked read(String path, JsonNode request) {
    String prompt = request.path("prompt").asText();
    List<String> results = new ArrayList<>();
    for (JsonNode message : request.path("messages")) {
      String role = message.path("role").asText();
      if (role.equals("user")) {
        prompt = message.path("content").asText();
        results.clear();
      } else if (role.equals("tool")) {
        results.add(message.path("content").asText());
      }
    }
    List<Asked.Tool> tools = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      JsonNode function = tool.path("function");
      tools.add(new Asked.Tool(function.path("name").asText(), function.path("parameters")));
    }
    return new Asked(
        request.path("model").asText(),
        request.path("stream").asBoolean(true),
        prompt,
        results,
        tools,
        request.path("format"),
        request);
  }

  @Override
  public Object whole(Asked asked, Reply reply) {
    Map<String, Object> answer = part(asked, reply.text(), reply.thought());
    if (!reply.calls().isEmpty()) {
      answer.put("message", calling(reply));
    }
    return ended(answer, reply);
  }

  @Override
  public List<String> frames(Asked asked, Reply reply) {
    List<String> frames = new ArrayList<>();
    if (!reply.thought().isEmpty()) {
      frames.add(Json.text(part(asked, "", reply.thought())) + "\n");
    }
    if (reply.calls().isEmpty()) {
      reply.pieces().forEach(piece -> frames.add(Json.text(part(asked, piece, "")) + "\n"));
    } else {
      Map<String, Object> part = part(asked, "", "");
      part.put("message", calling(reply));
      frames.add(Json.text(part) + "\n");
    }
    frames.add(Json.text(ended(part(asked, "", ""), reply)) + "\n");
    return frames;
  }

  @Override
  public String streamType() {
    return "application/x-ndjson";
  }

  @Override
  public Object error(int status, String message) {
    return object("error", message);
  }

  private static Map<String, Object> part(Asked asked, String text, String thought) {
    Map<String, Object> part =
        object("model", asked.model(), "created_at", "2026-01-01T00:00:00Z", "done", false);
    if (asked.request().has("messages")) {
      Map<String, Object> message = object("role", "assistant", "content", text);
      if (!thought.isEmpty()) {
        message.put("thinking", thought);
      }
      part.put("message", message);
    } else {
      part.put("response", text);
    }
    return part;
  }

  private static Object calling(Reply reply) {
    return object(
        "role",
        "assistant",
        "content",
        "",
        "tool_calls",
        reply.calls().stream()
            .map(
                call ->
                    object(
                        "function",
                        object("name", call.name(), "arguments", Json.parse(call.arguments()))))
            .toList());
  }

  private static Object ended(Map<String, Object> part, Reply reply) {
    part.put("done", true);
    part.put("done_reason", "stop");
    part.put("prompt_eval_count", reply.usage().input());
    part.put("eval_count", reply.usage().output());
    part.put("total_duration", 1_000_000);
    part.put("load_duration", 1_000);
    part.put("prompt_eval_duration", 1_000);
    part.put("eval_duration", 1_000);
    return part;
  }
}
