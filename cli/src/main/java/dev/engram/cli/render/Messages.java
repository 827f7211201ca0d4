package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the payloads of calls of models: messages, instructions and definitions of tools in
 * OpenTelemetry's schemas. What has another shape is kept as its JSON. Pure.
 */
final class Messages {
  private static final ObjectMapper JSON = new JsonMapper();

  /**
   * What one party said.
   *
   * @param role {@code user}, {@code assistant}, {@code tool}, ...
   * @param finish why the answer ended; empty where that is not said
   */
  record Message(String role, List<Part> parts, String finish) {}

  /**
   * A piece of it.
   *
   * @param type {@code text}, {@code reasoning}, {@code tool_call}, {@code tool_call_response}, ...
   * @param id of the call of a tool; empty for other pieces
   * @param name of the tool; empty for other pieces
   * @param text what was said, the arguments or the result
   */
  record Part(String type, String id, String name, String text) {}

  private Messages() {}

  /** Empty when this is no array of JSON, as when it was cut. */
  static Optional<List<Message>> of(String json) {
    return array(json).map(array -> list(array, Messages::message));
  }

  /** Instructions: pieces without a role, or messages. */
  static Optional<List<Part>> instructions(String json) {
    return array(json)
        .map(
            array -> {
              List<Part> parts = new ArrayList<>();
              array.forEach(
                  node -> {
                    if (node.has("parts")) {
                      parts.addAll(message(node).parts());
                    } else {
                      parts.add(part(node));
                    }
                  });
              return parts;
            });
  }

  /** Definitions of tools: their names and what they say they do. */
  static Optional<List<Part>> tools(String json) {
    return array(json)
        .map(
            array ->
                list(
                    array,
                    node -> {
                      JsonNode tool = node.has("function") ? node.get("function") : node;
                      return new Part(
                          "tool", "", text(tool.path("name")), text(tool.path("description")));
                    }));
  }

  private static Message message(JsonNode node) {
    JsonNode parts = node.path("parts");
    return new Message(
        text(node.path("role")),
        parts.isArray() ? list(parts, Messages::part) : List.of(part(node.path("content"))),
        text(node.path("finish_reason")));
  }

  private static Part part(JsonNode node) {
    String type = node.isObject() ? text(node.path("type")) : "text";
    return switch (type) {
      case "text", "reasoning" ->
          new Part(type, "", "", text(node.isObject() ? node.path("content") : node));
      case "tool_call" ->
          new Part(
              type, text(node.path("id")), text(node.path("name")), text(node.path("arguments")));
      case "tool_call_response" ->
          new Part(
              type,
              text(node.path("id")),
              text(node.path("name")),
              text(node.has("response") ? node.path("response") : node.path("result")));
      default -> new Part(type, "", "", node.toString());
    };
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
    List<T> list = new ArrayList<>();
    array.forEach(node -> list.add(element.apply(node)));
    return list;
  }

  private static Optional<JsonNode> array(String json) {
    try {
      JsonNode read = JSON.readTree(json);
      return read != null && read.isArray() ? Optional.of(read) : Optional.empty();
    } catch (JsonProcessingException cutOrOther) {
      return Optional.empty();
    }
  }
}
