package dev.engram.integration.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What one call of a model asks, told from all other calls: the user's last message, which has a
 * number of its own, and what tools have answered since. Whoever asks on with a tool's result or a
 * memory asks another step.
 *
 * @param prompt the message
 * @param toolResults in their order
 */
record ModelStep(String prompt, List<String> toolResults) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern QUESTION =
      Pattern.compile(".*Question \\d+ of service \\d+", Pattern.DOTALL);

  /** The one that these messages ask, as they are remembered; fails where they ask nothing. */
  static ModelStep of(String messages) throws IOException {
    String prompt = "";
    List<String> results = new ArrayList<>();
    for (JsonNode message : JSON.readTree(messages)) {
      for (JsonNode part : message.path("parts")) {
        String text = part.path("content").asText();
        if (part.path("type").asText().equals("tool_call_response")) {
          results.add(part.path("response").asText());
        } else if (isText(part) && QUESTION.matcher(text).matches()) {
          prompt = text;
          results.clear();
        }
      }
    }
    if (prompt.isEmpty()) {
      throw new AssertionError("no question in " + messages);
    }
    return new ModelStep(prompt, List.copyOf(results));
  }

  /** All texts of messages, as they are remembered. */
  static String texts(String messages) throws IOException {
    StringBuilder texts = new StringBuilder();
    for (JsonNode message : JSON.readTree(messages)) {
      for (JsonNode part : message.path("parts")) {
        if (isText(part)) {
          texts.append(part.path("content").asText());
        }
      }
    }
    return texts.toString();
  }

  /** What was asked before any tool answered. */
  ModelStep first() {
    return new ModelStep(prompt, List.of());
  }

  /** Whether it was asked for the sake of this question. */
  boolean isOf(String question) {
    return prompt.endsWith(question);
  }

  private static boolean isText(JsonNode part) {
    return part.path("type").asText().equals("text");
  }
}
