package dev.engram.integration.provider;

import static dev.engram.integration.provider.Json.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.engram.integration.provider.Reply.Usage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bedrock's converse, in one piece. */
final class BedrockConverse implements Dialect {
  private static final String MODEL = "/model/";
  private static final String CONVERSE = "/converse";

  /** Whether a path asks for this action of a model. */
  static boolean isOf(String path, String action) {
    return path.startsWith(MODEL) && path.endsWith(action);
  }

  /** The model in such a path. */
  static String model(String path, String action) {
    String model = path.substring(MODEL.length(), path.length() - action.length());
    return URLDecoder.decode(model, StandardCharsets.UTF_8);
  }

  @Override
  public boolean speaks(String path) {
    return isOf(path, CONVERSE);
  }

  @Override
  public Asked read(String path, JsonNode request) {
    String prompt = "";
    List<String> results = new ArrayList<>();
    for (JsonNode message : request.path("messages")) {
      String text = Texts.of(message.path("content"));
      if (message.path("role").asText().equals("user") && !text.isEmpty()) {
        prompt = text;
        results.clear();
      }
      for (JsonNode block : message.path("content")) {
        if (block.has("toolResult")) {
          results.add(Texts.of(block.path("toolResult").path("content")));
        }
      }
    }
    List<Asked.Tool> tools = new ArrayList<>();
    for (JsonNode tool : request.path("toolConfig").path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      tools.add(new Asked.Tool(spec.path("name").asText(), spec.path("inputSchema").path("json")));
    }
    return new Asked(
        model(path, CONVERSE), false, prompt, results, tools, MissingNode.getInstance(), request);
  }

  @Override
  public Object whole(Asked asked, Reply reply) {
    List<Object> content = new ArrayList<>();
    reply
        .calls()
        .forEach(
            call ->
                content.add(
                    object(
                        "toolUse",
                        object(
                            "toolUseId",
                            call.id(),
                            "name",
                            call.name(),
                            "input",
                            Json.parse(call.arguments())))));
    if (reply.calls().isEmpty()) {
      content.add(object("text", reply.text()));
    }
    return object(
        "output",
        object("message", object("role", "assistant", "content", content)),
        "stopReason",
        reply.calls().isEmpty() ? "end_turn" : "tool_use",
        "usage",
        usage(reply.usage()),
        "metrics",
        object("latencyMs", 1));
  }

  @Override
  public List<String> frames(Asked asked, Reply reply) {
    return List.of();
  }

  /** Its input is what did not pass a cache. */
  private static Object usage(Usage usage) {
    return object(
        "inputTokens",
        usage.input() - usage.cacheRead() - usage.cacheCreation(),
        "cacheReadInputTokens",
        usage.cacheRead(),
        "cacheWriteInputTokens",
        usage.cacheCreation(),
        "outputTokens",
        usage.output(),
        "totalTokens",
        usage.total());
  }
}
