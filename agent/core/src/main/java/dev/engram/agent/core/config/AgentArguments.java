package dev.engram.agent.core.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Splits the agent's argument, {@code key=value,key2=value2} or with semicolons. A part without an
 * equals sign continues the value before it, so that a value may be a list; so does one that names
 * a method before its equals sign. Pure.
 */
final class AgentArguments {
  private AgentArguments() {}

  static Map<String, String> parse(String text, Consumer<String> problems) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String group : text.split(";")) {
      parseGroup(group, pairs, problems);
    }
    return pairs;
  }

  private static void parseGroup(
      String group, Map<String, String> pairs, Consumer<String> problems) {
    String key = null;
    for (String part : group.split(",")) {
      int equals = part.indexOf('=');
      if (equals > 0 && part.lastIndexOf('#', equals) < 0) {
        key = part.substring(0, equals).trim();
        pairs.put(key, part.substring(equals + 1).trim());
      } else if (key != null) {
        pairs.merge(key, part.trim(), (before, next) -> before + "," + next);
      } else if (!part.isBlank()) {
        problems.accept("agent argument " + part.trim() + " is ignored: expected key=value");
      }
    }
  }
}
