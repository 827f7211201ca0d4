package dev.engram.agent.core.decision;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.config.Settings;
import dev.engram.agent.core.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which members of an answer in JSON make it a decision, in whatever case; the first that is there
 * counts. Immutable.
 */
record AnswerNames(List<String> choice, List<String> confidence, List<String> reasoning) {
  static final AnswerNames DEFAULT =
      new AnswerNames(
          List.of("decision", "choice"),
          List.of("confidence", "score"),
          List.of("reasoning", "rationale"));

  private static final String OPTIONS = "options";

  /** Longer answers are documents. */
  private static final int LONGEST = 64 << 10;

  static AnswerNames of(Configuration configuration) {
    return new AnswerNames(
        lower(configuration.list(Settings.DECISION_CHOICE)),
        lower(configuration.list(Settings.DECISION_CONFIDENCE)),
        lower(configuration.list(Settings.DECISION_REASONING)));
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /** Null when the answer is no decision. */
  @Nullable Choice read(String answer) {
    String json = answer.length() > LONGEST ? "" : unfenced(answer.strip());
    if (!json.startsWith("{") || !(Json.parse(json).wholly() instanceof Map<?, ?> members)) {
      return null;
    }
    Object chosen = first(members, choice);
    Object sure = first(members, confidence);
    Object why = first(members, reasoning);
    boolean plain =
        chosen instanceof String || chosen instanceof Number || chosen instanceof Boolean;
    if (!plain || (sure == null && why == null)) {
      return null;
    }
    Object options = members.get(OPTIONS);
    return new Choice(
        options instanceof List<?> ? Parts.texts(options) : List.of(),
        Parts.text(chosen),
        Parts.number(sure),
        has(members, "score") && !has(members, "confidence") ? "score" : "stated",
        Parts.texts(why));
  }

  private static boolean has(Map<?, ?> members, String name) {
    return first(members, List.of(name)) != null;
  }

  /**
   * @param names in lower case
   */
  private static @Nullable Object first(Map<?, ?> members, List<String> names) {
    for (String name : names) {
      for (Map.Entry<?, ?> member : members.entrySet()) {
        if (String.valueOf(member.getKey()).toLowerCase(Locale.ROOT).equals(name)
            && member.getValue() != null) {
          return member.getValue();
        }
      }
    }
    return null;
  }

  private static String unfenced(String text) {
    if (!text.startsWith("```")) {
      return text;
    }
    int line = text.indexOf('\n');
    int end = text.lastIndexOf("```");
    return line < 0 || end <= line ? "" : text.substring(line + 1, end).strip();
  }
}
