package dev.engram.agent.record.redaction;

/**
 * What XML and HTML write in place of a character: its name, or its number in decimal or
 * hexadecimal digits, between an ampersand and a semicolon. Stateless.
 */
final class XmlReferences {
  private static final String[] NAMES = {"amp;", "lt;", "gt;", "quot;", "apos;"};
  private static final String CHARACTERS = "&<>\"'";
  private static final int AMPERSAND = 0;

  /** Unicode has none with more, but for zeros before them. */
  private static final int MOST_DIGITS = 7;

  private XmlReferences() {}

  /**
   * Whether any may hide a secret: many stand for an ampersand, which is part of no name or sign.
   */
  static boolean mayHide(String text) {
    int at = text.indexOf('&');
    while (at >= 0) {
      int name = named(text, at + 1);
      boolean numbered = text.startsWith("#", at + 1) && end(text, at) > 0;
      if (name > AMPERSAND || numbered) {
        return true;
      }
      // An ampersand that is written like this may begin another.
      at = name == AMPERSAND ? at + NAMES[name].length() : text.indexOf('&', at + 1);
    }
    return false;
  }

  /** Behind the reference that this ampersand begins, or -1 where it begins none. */
  static int end(String text, int ampersand) {
    int from = ampersand + 1;
    if (text.startsWith("#", from)) {
      return endOfNumber(text, from);
    }
    int name = named(text, from);
    return name < 0 ? -1 : from + NAMES[name].length();
  }

  private static int endOfNumber(String text, int sign) {
    int from = firstDigit(text, sign);
    int radix = isHexadecimal(text, sign) ? 16 : 10;
    int last = Math.min(text.length(), from + MOST_DIGITS);
    int end = from;
    while (end < last && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    return end > from && text.startsWith(";", end) ? end + 1 : -1;
  }

  /** The code point that this reference stands for; -1 where Unicode has none of its number. */
  static int character(String text, int ampersand, int end) {
    int from = ampersand + 1;
    if (!text.startsWith("#", from)) {
      return CHARACTERS.charAt(named(text, from));
    }
    int digits = firstDigit(text, from);
    int number = Integer.parseInt(text, digits, end - 1, isHexadecimal(text, from) ? 16 : 10);
    return Character.isValidCodePoint(number) ? number : -1;
  }

  /** Which of the names stands here, or -1. */
  private static int named(String text, int from) {
    int name = 0;
    while (name < NAMES.length && !text.startsWith(NAMES[name], from)) {
      name++;
    }
    return name < NAMES.length ? name : -1;
  }

  private static int firstDigit(String text, int sign) {
    int digit = isHexadecimal(text, sign) ? sign + 2 : sign + 1;
    while (text.startsWith("0", digit)) {
      digit++;
    }
    return digit;
  }

  /** The digits behind an x are. */
  private static boolean isHexadecimal(String text, int sign) {
    return text.startsWith("x", sign + 1) || text.startsWith("X", sign + 1);
  }
}
