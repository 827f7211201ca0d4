package dev.engram.integration.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Text in the shapes that the interfaces have for it. */
final class Texts {
  private Texts() {}

  /** Of a string, of parts with a {@code text}, or of a list of either; one line each. */
  static String of(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    if (content.isObject()) {
      return content.path("text").asText();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode part : content) {
      String text = of(part);
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return String.join("\n", texts);
  }
}
