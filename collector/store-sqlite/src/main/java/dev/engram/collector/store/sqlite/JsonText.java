package dev.engram.collector.store.sqlite;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON of attributes and lists, in ASCII, so that broken text does no harm. Pure. */
final class JsonText {
  private JsonText() {}

  static String of(Map<String, Object> attributes) {
    return attributes.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ":" + value(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String of(List<String> texts) {
    return texts.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  /** JSON has no word for what is no number or infinite. */
  private static String value(Object value) {
    boolean bare =
        value instanceof Long
            || value instanceof Boolean
            || (value instanceof Double number && !number.isNaN() && !number.isInfinite());
    return bare ? value.toString() : quoted(value.toString());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    return quoted.append('"').toString();
  }
}
