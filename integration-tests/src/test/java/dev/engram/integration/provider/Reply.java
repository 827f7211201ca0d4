package dev.engram.integration.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.engram.integration.provider.Asked.Tool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What a model says to a request; a function of the request alone.
 *
 * @param id of the response
 * @param text empty where tools are called
 * @param thought what it reasoned; empty for none
 */
public record Reply(String id, String text, String thought, List<ToolCall> calls, Usage usage) {
  private static final int THOUGHT_TOKENS = 7;

  /**
   * @param arguments a JSON object
   */
  public record ToolCall(String id, String name, String arguments) {}

  /**
   * Tokens, one a word.
   *
   * @param input with what came from and went to a cache
   * @param output with reasoning
   */
  public record Usage(int input, int cacheRead, int cacheCreation, int output, int reasoning) {
    public int total() {
      return input + output;
    }
  }

  /** What every request like this one is answered, unless its script has it go wrong. */
  public static Reply to(Asked asked) {
    Script script = Script.of(asked.prompt());
    List<ToolCall> calls = asked.toolResults().isEmpty() ? calls(asked, script) : List.of();
    String text = calls.isEmpty() ? text(asked, script) : "";
    String thought = script.says("think") ? "Considering " + asked.prompt() : "";
    return new Reply(
        "resp-" + hash(asked.request().toString()),
        text,
        thought,
        calls,
        usage(asked, script, text, thought));
  }

  /** The text in pieces, as it is streamed. */
  List<String> pieces() {
    return Arrays.asList(text.split("(?<= )"));
  }

  /** What a prompt is answered that asks for nothing in particular. */
  public static String answer(String prompt) {
    return "Regarding \"" + prompt + "\": answer " + hash(prompt) + ".";
  }

  private static String text(Asked asked, Script script) {
    if (!asked.toolResults().isEmpty()) {
      return "The tools said: " + String.join("; ", asked.toolResults());
    }
    String dictated = script.rest("answer");
    if (dictated != null) {
      return dictated;
    }
    if (asked.schema().isObject()) {
      return example(asked.schema(), asked.prompt()).toString();
    }
    int words = script.number("long", 0);
    return answer(asked.prompt()) + " word".repeat(words);
  }

  private static List<ToolCall> calls(Asked asked, Script script) {
    List<ToolCall> calls = new ArrayList<>();
    for (Script.Call wanted : script.calls()) {
      asked.tools().stream()
          .filter(tool -> wanted.name().isEmpty() || tool.name().equals(wanted.name()))
          .findFirst()
          .ifPresent(tool -> calls.add(call(asked, tool, wanted, calls.size())));
    }
    return calls;
  }

  private static ToolCall call(Asked asked, Tool tool, Script.Call wanted, int index) {
    String arguments =
        wanted.arguments().isEmpty()
            ? example(tool.schema(), asked.prompt()).toString()
            : wanted.arguments();
    return new ToolCall("call_" + hash(asked.prompt()) + index, tool.name(), arguments);
  }

  /** A value that a JSON schema allows. */
  private static JsonNode example(JsonNode schema, String prompt) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (schema.path("enum").isArray()) {
      return schema.path("enum").path(0);
    }
    return switch (schema.path("type").asText().toLowerCase(java.util.Locale.ROOT)) {
      case "integer" -> json.numberNode(1);
      case "number" -> json.numberNode(0.5);
      case "boolean" -> json.booleanNode(true);
      case "array" -> json.arrayNode().add(example(schema.path("items"), prompt));
      case "string" -> json.textNode(prompt);
      default -> {
        ObjectNode object = json.objectNode();
        schema
            .path("properties")
            .properties()
            .forEach(it -> object.set(it.getKey(), example(it.getValue(), prompt)));
        yield object;
      }
    };
  }

  private static Usage usage(Asked asked, Script script, String text, String thought) {
    int input = words(asked.request().toString());
    boolean cached = script.says("cached");
    int reasoning = thought.isEmpty() ? 0 : THOUGHT_TOKENS;
    return new Usage(
        input,
        cached ? input / 2 : 0,
        cached ? input / 4 : 0,
        Math.max(1, words(text)) + reasoning,
        reasoning);
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  private static String hash(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }
}
