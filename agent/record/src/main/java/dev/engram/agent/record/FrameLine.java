package dev.engram.agent.record;

import org.jspecify.annotations.Nullable;

/** Lines of a stack trace below its headline. Stateless, linear. */
final class FrameLine {
  private static final String AT = "at ";

  private FrameLine() {}

  /**
   * The frame of a line such as {@code at app//com.acme@1/com.acme.Shop.buy(Shop.java:17)}, with or
   * without what a logging library adds behind it; null for any other line.
   */
  static @Nullable StackFrame parse(String line) {
    String words = line.strip();
    int close = words.lastIndexOf(')');
    int open = words.lastIndexOf('(', close);
    int dot = words.lastIndexOf('.', open);
    if (!words.startsWith(AT) || open < 0 || dot < AT.length() || dot + 1 >= open) {
      return null;
    }
    int begin = withoutModule(words, open);
    boolean named = begin < dot && Character.isJavaIdentifierStart(words.charAt(begin));
    boolean oneWord = words.substring(begin, dot).chars().noneMatch(Character::isWhitespace);
    return named && oneWord && !Character.isWhitespace(words.charAt(open - 1))
        ? StackFrame.parse(words.substring(begin, close + 1))
        : null;
  }

  /** How many frames {@code ... 17 more} leaves out; 0 for any other line. */
  static int omitted(String words) {
    if (!words.startsWith("... ")) {
      return 0;
    }
    int end = 4;
    int count = 0;
    while (end < words.length() && count < 100_000 && isDigit(words.charAt(end))) {
      count = 10 * count + words.charAt(end++) - '0';
    }
    String rest = words.substring(end);
    return rest.equals(" more") || rest.startsWith(" common frames omitted") ? count : 0;
  }

  /**
   * Behind loader and module; the slash in the name of a hidden class is followed by an address.
   */
  private static int withoutModule(String words, int open) {
    int slash = words.lastIndexOf('/', open);
    if (slash > 0 && slash + 1 < open && isDigit(words.charAt(slash + 1))) {
      slash = words.lastIndexOf('/', slash - 1);
    }
    return Math.max(AT.length(), slash + 1);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
