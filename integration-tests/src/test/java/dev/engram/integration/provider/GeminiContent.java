package dev.engram.integration.provider;

import static dev.engram.integration.provider.Json.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.engram.integration.provider.Reply.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gemini's content generation; its streams as server-sent events. */
final class GeminiContent implements Dialect {
  private static final String MODELS = "/models/";

  /** The model in a path such as {@code /v1beta/models/gemini-2.5:generateContent}. */
  static String model(String path) {
    int begin = path.indexOf(MODELS) + MODELS.length();
    int end = path.indexOf(':', begin);
    return path.substring(begin, end < 0 ? path.length() : end);
  }

  @Override
  public boolean speaks(String path) {
    return path.endsWith(":generateContent") || path.endsWith(":streamGenerateContent");
  }

  @Override
  public Asked read(String path, JsonNode request) {
    String prompt = "";
    List<String> results = new ArrayList<>();
    for (JsonNode content : request.path("contents")) {
      String text = Texts.of(content.path("parts"));
      if (!content.path("role").asText().equals("model") && !text.isEmpty()) {
        prompt = text;
        results.clear();
      }
      for (JsonNode part : content.path("parts")) {
        if (part.has("functionResponse")) {
          results.add(part.path("functionResponse").path("response").toString());
        }
      }
    }
    return new Asked(
        model(path),
        path.endsWith(":streamGenerateContent"),
        prompt,
        results,
        tools(request),
        request.path("generationConfig").path("responseSchema"),
        request);
  }

  @Override
  public Object whole(Asked asked, Reply reply) {
    return response(asked, reply, parts(reply), "STOP");
  }

  @Override
  public List<String> frames(Asked asked, Reply reply) {
    List<String> frames = new ArrayList<>();
    List<Object> parts = new ArrayList<>(parts(reply));
    if (reply.calls().isEmpty()) {
      parts.remove(parts.size() - 1);
      reply.pieces().forEach(piece -> parts.add(object("text", piece)));
    }
    for (int i = 0; i < parts.size(); i++) {
      String finish = i == parts.size() - 1 ? "STOP" : null;
      frames.add(Dialect.data(response(asked, reply, List.of(parts.get(i)), finish)));
    }
    return frames;
  }

  @Override
  public Object error(int status, String message) {
    return object("error", object("code", status, "message", message, "status", "STUB_ERROR"));
  }

  private static List<Asked.Tool> tools(JsonNode request) {
    List<Asked.Tool> tools = new ArrayList<>();
    for (JsonNode tool : request.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        JsonNode schema =
            function.has("parameters")
                ? function.path("parameters")
                : function.path("parametersJsonSchema");
        tools.add(new Asked.Tool(function.path("name").asText(), schema));
      }
    }
    return tools;
  }

  private static List<Object> parts(Reply reply) {
    List<Object> parts = new ArrayList<>();
    if (!reply.thought().isEmpty()) {
      parts.add(object("text", reply.thought(), "thought", true));
    }
    reply
        .calls()
        .forEach(
            call ->
                parts.add(
                    object(
                        "functionCall",
                        object("name", call.name(), "args", Json.parse(call.arguments())))));
    if (reply.calls().isEmpty()) {
      parts.add(object("text", reply.text()));
    }
    return parts;
  }

  private static Object response(Asked asked, Reply reply, Object parts, Object finish) {
    Map<String, Object> candidate =
        object("content", object("role", "model", "parts", parts), "index", 0);
    if (finish != null) {
      candidate.put("finishReason", finish);
    }
    Map<String, Object> response =
        object(
            "responseId",
            reply.id(),
            "modelVersion",
            asked.model() + "-2025",
            "candidates",
            List.of(candidate));
    if (finish != null) {
      response.put("usageMetadata", usage(reply.usage()));
    }
    return response;
  }

  /** Its candidates do not count what was thought. */
  private static Object usage(Usage usage) {
    return object(
        "promptTokenCount",
        usage.input(),
        "cachedContentTokenCount",
        usage.cacheRead(),
        "candidatesTokenCount",
        usage.output() - usage.reasoning(),
        "thoughtsTokenCount",
        usage.reasoning(),
        "totalTokenCount",
        usage.total());
  }
}
