package dev.engram.agent.core.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns the text of a setting into its value. Pure. */
final class SettingValue {
  private SettingValue() {}

  /**
   * A Boolean, Long, Duration, String or list of strings, by the setting's type.
   *
   * @throws IllegalArgumentException whose message says what is accepted
   */
  static Object parse(Setting setting, String text) {
    String trimmed = text.trim();
    return switch (setting.type()) {
      case BOOLEAN -> flag(trimmed);
      case INTEGER -> bounded(setting, integer(trimmed));
      case SIZE -> bounded(setting, size(trimmed));
      case DURATION -> Duration.ofMillis(bounded(setting, millis(trimmed)));
      case TEXT -> trimmed;
      case LIST -> list(trimmed);
      case CHOICE -> choice(setting, trimmed);
    };
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  private static long integer(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a whole number", e);
    }
  }

  private static long size(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return scaled(
        lower,
        new String[] {"kib", "mib", "gib"},
        new long[] {1L << 10, 1L << 20, 1L << 30},
        "expected bytes, or a number with KiB, MiB or GiB");
  }

  private static long millis(String text) {
    if (!text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1))) {
      throw new IllegalArgumentException("expected a number with ms, s, m, h or d");
    }
    return scaled(
        text.toLowerCase(Locale.ROOT),
        new String[] {"ms", "s", "m", "h", "d"},
        new long[] {1, 1_000, 60_000, 3_600_000, 86_400_000},
        "expected a number with ms, s, m, h or d");
  }

  private static long scaled(String text, String[] units, long[] factors, String expected) {
    String number = text;
    long factor = 1;
    for (int i = 0; i < units.length; i++) {
      if (text.endsWith(units[i])) {
        number = text.substring(0, text.length() - units[i].length()).trim();
        factor = factors[i];
        break;
      }
    }
    try {
      return Math.multiplyExact(Long.parseLong(number), factor);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  private static long bounded(Setting setting, long value) {
    if (value < setting.min() || value > setting.max()) {
      throw new IllegalArgumentException("expected " + SettingText.bounds(setting));
    }
    return value;
  }

  private static List<String> list(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(",")) {
      if (!word.isBlank()) {
        words.add(word.trim());
      }
    }
    return List.copyOf(words);
  }

  private static String choice(Setting setting, String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (setting.choices().contains(word)) {
      return word;
    }
    throw new IllegalArgumentException("expected one of " + String.join(", ", setting.choices()));
  }
}
