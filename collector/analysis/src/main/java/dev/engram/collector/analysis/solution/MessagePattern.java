package dev.engram.collector.analysis.solution;

import java.util.List;
import java.util.Locale;

/**
 * Words that a message has, in this order, whatever their case: {@code too many * connections} has
 * two. No regular expression, as people write them and messages are hostile.
 */
final class MessagePattern {
  /** Longer messages are looked at up to here. */
  private static final int MAX_MESSAGE = 4_096;

  private final List<String> parts;

  MessagePattern(String pattern) {
    parts = List.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1));
  }

  /** What all patterns are compared with. */
  static String comparable(String message) {
    return message.substring(0, Math.min(message.length(), MAX_MESSAGE)).toLowerCase(Locale.ROOT);
  }

  boolean isIn(String comparable) {
    int begin = 0;
    for (String part : parts) {
      int found = comparable.indexOf(part, begin);
      if (found < 0) {
        return false;
      }
      begin = found + part.length();
    }
    return true;
  }
}
