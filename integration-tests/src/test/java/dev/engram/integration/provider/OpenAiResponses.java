package dev.engram.integration.provider;

import static dev.engram.integration.provider.Json.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.provider.Reply.ToolCall;
import dev.engram.integration.provider.Reply.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenAI's responses. */
final class OpenAiResponses implements Dialect {
  private static final int CREATED = 1_700_000_000;

  @Override
  public boolean speaks(String path) {
    return path.endsWith("/responses");
  }

  @Override
  public Asked read(String path, JsonNode request) {
    JsonNode input = request.path("input");
    String prompt = input.isTextual() ? input.asText() : "";
    List<String> results = new ArrayList<>();
    for (JsonNode item : input) {
      if (item.path("role").asText().equals("user")) {
        prompt = Texts.of(item.path("content"));
        results.clear();
      } else if (item.path("type").asText().equals("function_call_output")) {
        results.add(Texts.of(item.path("output")));
      }
    }
    List<Asked.Tool> tools = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      tools.add(new Asked.Tool(tool.path("name").asText(), tool.path("parameters")));
    }
    return new Asked(
        request.path("model").asText(),
        request.path("stream").asBoolean(),
        prompt,
        results,
        tools,
        request.path("text").path("format").path("schema"),
        request);
  }

  @Override
  public Object whole(Asked asked, Reply reply) {
    return response(asked, reply, "completed", items(reply));
  }

  @Override
  public List<String> frames(Asked asked, Reply reply) {
    List<String> frames = new ArrayList<>();
    Object begun = response(asked, reply, "in_progress", List.of());
    event(frames, "response.created", "response", begun);
    event(frames, "response.in_progress", "response", begun);
    List<Map<String, Object>> items = items(reply);
    for (int i = 0; i < items.size(); i++) {
      Map<String, Object> item = items.get(i);
      event(frames, "response.output_item.added", "output_index", i, "item", item);
      if (item.get("type").equals("message")) {
        textFrames(frames, reply, i);
      }
      event(frames, "response.output_item.done", "output_index", i, "item", item);
    }
    event(frames, "response.completed", "response", whole(asked, reply));
    return frames;
  }

  private static void textFrames(List<String> frames, Reply reply, int index) {
    Object[] where = {"item_id", "msg_" + reply.id(), "output_index", index, "content_index", 0};
    for (String piece : reply.pieces()) {
      event(
          frames, "response.output_text.delta", with(where, "delta", piece, "logprobs", List.of()));
    }
    event(
        frames,
        "response.output_text.done",
        with(where, "text", reply.text(), "logprobs", List.of()));
  }

  private static void event(List<String> frames, String type, Object... fields) {
    Map<String, Object> event = object(fields);
    event.put("type", type);
    event.put("sequence_number", frames.size());
    frames.add("event: " + type + "\n" + Dialect.data(event));
  }

  private static Object[] with(Object[] first, Object... more) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray();
  }

  private static List<Map<String, Object>> items(Reply reply) {
    List<Map<String, Object>> items = new ArrayList<>();
    if (!reply.thought().isEmpty()) {
      items.add(
          object(
              "id",
              "rs_" + reply.id(),
              "type",
              "reasoning",
              "summary",
              List.of(object("type", "summary_text", "text", reply.thought()))));
    }
    reply.calls().forEach(call -> items.add(call(call)));
    if (reply.calls().isEmpty()) {
      Object text =
          object(
              "type",
              "output_text",
              "text",
              reply.text(),
              "annotations",
              List.of(),
              "logprobs",
              List.of());
      items.add(
          object(
              "id",
              "msg_" + reply.id(),
              "type",
              "message",
              "role",
              "assistant",
              "status",
              "completed",
              "content",
              List.of(text)));
    }
    return items;
  }

  private static Map<String, Object> call(ToolCall call) {
    return object(
        "id",
        "fc_" + call.id(),
        "type",
        "function_call",
        "call_id",
        call.id(),
        "name",
        call.name(),
        "arguments",
        call.arguments(),
        "status",
        "completed");
  }

  private static Map<String, Object> response(
      Asked asked, Reply reply, String status, Object output) {
    boolean completed = status.equals("completed");
    return object(
        "id",
        reply.id(),
        "object",
        "response",
        "created_at",
        CREATED,
        "status",
        status,
        "model",
        asked.model() + "-2025",
        "output",
        output,
        "error",
        null,
        "incomplete_details",
        null,
        "instructions",
        null,
        "metadata",
        object(),
        "parallel_tool_calls",
        true,
        "temperature",
        1.0,
        "top_p",
        1.0,
        "tool_choice",
        "auto",
        "tools",
        List.of(),
        "usage",
        completed ? usage(reply.usage()) : null);
  }

  private static Object usage(Usage usage) {
    return object(
        "input_tokens",
        usage.input(),
        "input_tokens_details",
        object("cached_tokens", usage.cacheRead()),
        "output_tokens",
        usage.output(),
        "output_tokens_details",
        object("reasoning_tokens", usage.reasoning()),
        "total_tokens",
        usage.total());
  }
}
