package dev.engram.agent.core.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the application by which somebody judges what it answered. Immutable.
 *
 * @param path its segments: {@code {name}} is any one, under that name; {@code *} is any one
 * @param judgement under which name a request says {@code score}, {@code label}, {@code comment}
 *     and {@code author}
 * @param targets the same of what it may be about, the narrowest first
 */
record FeedbackEndpoint(
    String method, List<String> path, Map<String, String> judgement, Map<String, String> targets) {
  static final String SCORE = "score";
  static final String LABEL = "label";
  static final String COMMENT = "comment";
  static final String AUTHOR = "author";

  private static final List<String> TARGETS = List.of("decision", "span", "trace");
  private static final String CONVERSATION = "conversation";

  /**
   * As it is configured: {@code POST /chats/{chat}/rating score:stars conversation:chat}. What has
   * no name of its own is looked for under ours; authors, who are people, are not.
   *
   * @param keys correlation keys, which are targets too
   * @return null when the text is none
   */
  static @Nullable FeedbackEndpoint parse(String text, Collection<String> keys) {
    String[] words = text.strip().split("\\s+");
    if (words.length < 2 || !words[1].startsWith("/")) {
      return null;
    }
    Map<String, String> judgement = new LinkedHashMap<>();
    List.of(SCORE, LABEL, COMMENT).forEach(name -> judgement.put(name, name));
    judgement.put(AUTHOR, "");
    Map<String, String> targets = new LinkedHashMap<>();
    TARGETS.forEach(target -> targets.put(target, target + "_id"));
    keys.forEach(key -> targets.put(key, key));
    targets.put(CONVERSATION, "conversation_id");
    for (int i = 2; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      String name = words[i].substring(0, Math.max(colon, 0));
      String there = words[i].substring(colon + 1);
      Map<String, String> names = judgement.containsKey(name) ? judgement : targets;
      if (there.isEmpty() || names.replace(name, there) == null) {
        return null;
      }
    }
    return new FeedbackEndpoint(
        words[0].toUpperCase(Locale.ROOT), segments(words[1]), judgement, targets);
  }

  /**
   * What the path of such a request says, by name; null for any other request.
   *
   * @param undecoded without the query
   */
  @Nullable Map<String, String> match(String method, String undecoded) {
    if (!this.method.equals(method)) {
      return null;
    }
    List<String> given = segments(undecoded);
    Map<String, String> said = new HashMap<>();
    for (int i = 0; i < path.size() && given.size() == path.size(); i++) {
      String wanted = path.get(i);
      if (wanted.startsWith("{") && wanted.endsWith("}")) {
        said.put(wanted.substring(1, wanted.length() - 1), SaidValues.decoded(given.get(i)));
      } else if (!wanted.equals("*") && !wanted.equals(given.get(i))) {
        return null;
      }
    }
    return given.size() == path.size() ? said : null;
  }

  /** What a target of this name is called in memory. */
  static String kind(String target) {
    return TARGETS.contains(target) || target.equals(CONVERSATION) ? target : "key";
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/")) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }
}
