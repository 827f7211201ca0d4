package dev.engram.agent.core.home;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes a flat JSON object. A JSON library would cost the service its class loading. */
final class JsonText {
  private JsonText() {}

  /** Values are numbers, strings or lists of them; a null is not allowed. */
  static String object(Map<String, Object> fields) {
    StringJoiner lines = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
    fields.forEach((key, value) -> lines.add(quoted(key) + ": " + text(value)));
    return lines.toString();
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(JsonText::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof Number ? value.toString() : quoted(value.toString());
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      appendEscaped(json, text.charAt(i));
    }
    return json.append('"').toString();
  }

  /** Lone surrogates, which UTF-8 cannot carry, are escaped like control characters. */
  private static void appendEscaped(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
      json.append(String.format("\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }
}
