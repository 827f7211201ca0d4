package dev.engram.agent.core.http;

import dev.engram.agent.core.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says by names: in its path, its body (JSON or a form), or its query. The first of
 * them that has the name counts. Immutable.
 */
final class SaidValues {
  private final Map<String, String> path;
  private final Json json;
  private final Map<String, String> form;
  private final Map<String, String> query;

  /**
   * @param body as far as it was kept; null for none
   */
  SaidValues(Map<String, String> path, @Nullable String body, @Nullable String query) {
    String text = body == null ? "" : body;
    boolean object = text.stripLeading().startsWith("{");
    this.path = path;
    this.json = object ? Json.parse(text) : Json.MISSING;
    this.form = object ? Map.of() : parameters(text);
    this.query = query == null ? Map.of() : parameters(query);
  }

  /**
   * Null for what is not said, or is no single value.
   *
   * @param name inside objects of JSON with dots between: {@code feedback.score}
   */
  @Nullable String get(String name) {
    if (name.isEmpty()) {
      return null;
    }
    String value = path.get(name);
    value = value == null ? ofJson(name) : value;
    value = value == null ? form.get(name) : value;
    value = value == null ? query.get(name) : value;
    return value == null || value.isEmpty() ? null : value;
  }

  private @Nullable String ofJson(String name) {
    Json value = json;
    for (String part : name.split("\\.")) {
      value = value.get(part);
    }
    return value.isObject() || value.isArray() ? null : value.asText();
  }

  /** What is not encoded as it should be stays as it is. */
  static String decoded(String text) {
    return isEncoded(text) ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
  }

  /** Looked at before: an exception for each value that is not would cost more than all of them. */
  private static boolean isEncoded(String text) {
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (at + 2 >= text.length() || !isHex(text.charAt(at + 1)) || !isHex(text.charAt(at + 2))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0;
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(
            decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }
}
