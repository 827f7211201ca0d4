package dev.engram.agent.record.control;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes JSON objects. A JSON library would cost the service its class loading. Pure. */
public final class JsonText {
  private static final String INDENT = "  ";

  private JsonText() {}

  /**
   * One object and a line end; its fields in the map's order.
   *
   * @param fields numbers, flags, strings, and lists and maps of them; a null is not allowed
   */
  public static String object(Map<String, ?> fields) {
    return object(fields, 0) + "\n";
  }

  /** The object as the value of a field at this depth. */
  static String object(Map<?, ?> fields, int depth) {
    if (fields.isEmpty()) {
      return "{}";
    }
    String inside = "\n" + INDENT.repeat(depth + 1);
    StringJoiner lines =
        new StringJoiner("," + inside, "{" + inside, "\n" + INDENT.repeat(depth) + "}");
    fields.forEach(
        (key, value) -> lines.add(quoted(String.valueOf(key)) + ": " + text(value, depth + 1)));
    return lines.toString();
  }

  private static String text(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      return object(map, depth);
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(element -> text(element, depth))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : quoted(value.toString());
  }

  static String quoted(String text) {
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
