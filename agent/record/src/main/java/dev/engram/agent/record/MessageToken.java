package dev.engram.agent.record;

/**
 * One word of a message and the mask that stands for it. Every question is answered in one walk
 * over the word. Stateless.
 */
final class MessageToken {
  private static final int UUID_LENGTH = 36;
  private static final int MIN_HEX = 8;

  /** Shorter runs of digits that touch a letter belong to a name, such as {@code Base64}. */
  private static final int MIN_DIGITS_IN_NAME = 5;

  private MessageToken() {}

  static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || "._:/@%+-&?#~$\\".indexOf(c) >= 0;
  }

  /** What ends a sentence rather than a word. */
  static boolean isTrailing(char c) {
    return c == '.' || c == ':' || c == '?' || c == '-';
  }

  static void appendMasked(String word, StringBuilder to) {
    if (!hasDigit(word)) {
      to.append(isEmail(word) ? "<email>" : word);
    } else if (isEmail(word)) {
      to.append("<email>");
    } else if (isAddress(word)) {
      to.append("<ip>");
    } else if (isDate(word)) {
      to.append("<date>");
    } else if (isDuration(word)) {
      to.append("<duration>");
    } else if (isNumber(word)) {
      to.append("<number>");
    } else {
      appendParts(word, to);
    }
  }

  /** A path, a name or an id: its parts between punctuation are looked at one by one. */
  private static void appendParts(String word, StringBuilder to) {
    int i = 0;
    while (i < word.length()) {
      if (!Character.isLetterOrDigit(word.charAt(i))) {
        to.append(word.charAt(i++));
      } else if (isUuid(word, i)) {
        to.append("<uuid>");
        i += UUID_LENGTH;
      } else {
        int end = endOfPart(word, i);
        appendPart(word.substring(i, end), to);
        i = end;
      }
    }
  }

  private static void appendPart(String part, StringBuilder to) {
    if (isDigits(part)) {
      to.append("<number>");
    } else if (isHex(part)) {
      to.append("<hex>");
    } else {
      appendName(part, to);
    }
  }

  private static void appendName(String part, StringBuilder to) {
    int i = 0;
    while (i < part.length()) {
      int end = i;
      while (end < part.length() && isDigit(part.charAt(end))) {
        end++;
      }
      if (end - i >= MIN_DIGITS_IN_NAME) {
        to.append("<number>");
        i = end;
      } else {
        to.append(part, i, Math.max(end, i + 1));
        i = Math.max(end, i + 1);
      }
    }
  }

  private static boolean isEmail(String word) {
    int at = word.indexOf('@');
    return at > 0
        && at == word.lastIndexOf('@')
        && word.indexOf('.', at + 2) > 0
        && !word.endsWith(".")
        && word.indexOf('/') < 0;
  }

  /** IPv4 or IPv6, with or without a port. */
  private static boolean isAddress(String word) {
    int dots = 0;
    int colons = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      dots += c == '.' ? 1 : 0;
      colons += c == ':' ? 1 : 0;
      if (c != '.' && c != ':' && c != '/' && !isHexDigit(c)) {
        return false;
      }
    }
    boolean four = dots == 3 && colons <= 1 && isDigit(word.charAt(0));
    return four || dots == 0 && (colons >= 3 || word.contains("::"));
  }

  /** Digits held together by at least two of one separator: days, times, and both. */
  private static boolean isDate(String word) {
    int dashes = 0;
    int slashes = 0;
    int colons = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      dashes += c == '-' ? 1 : 0;
      slashes += c == '/' ? 1 : 0;
      colons += c == ':' ? 1 : 0;
      if (!isDigit(c) && "-/:.+TZ".indexOf(c) < 0) {
        return false;
      }
    }
    return isDigit(word.charAt(0)) && (dashes >= 2 || slashes == 2 || colons == 2);
  }

  /** {@code 30s}, {@code 1.5ms}, {@code PT20M}. */
  private static boolean isDuration(String word) {
    if (word.startsWith("PT") || word.startsWith("P") && isDigit(word.charAt(1))) {
      return word.chars().skip(1).allMatch(c -> isDigit((char) c) || "TDHMS.".indexOf(c) >= 0);
    }
    int unit = 0;
    while (unit < word.length() && (isDigit(word.charAt(unit)) || word.charAt(unit) == '.')) {
      unit++;
    }
    return unit > 0
        && switch (word.substring(unit)) {
          case "ns", "us", "µs", "ms", "s", "sec", "secs", "m", "min", "mins", "h", "hr", "d" ->
              true;
          default -> false;
        };
  }

  private static boolean isNumber(String word) {
    boolean exponent = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean mark = (c == 'e' || c == 'E') && i > 0 && !exponent && isDigit(word.charAt(i - 1));
      exponent |= mark;
      if (!isDigit(c) && !mark && "+-.%".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUuid(String word, int from) {
    if (word.length() - from < UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = word.charAt(from + i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !isHexDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String part) {
    String digits = part.startsWith("0x") || part.startsWith("0X") ? part.substring(2) : part;
    boolean marked = digits.length() < part.length();
    if (digits.length() < (marked ? 1 : MIN_HEX) || !marked && !hasDigit(digits)) {
      return false;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (!isHexDigit(digits.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int endOfPart(String word, int from) {
    int end = from;
    while (end < word.length() && Character.isLetterOrDigit(word.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigits(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (!isDigit(part.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasDigit(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (isDigit(word.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHexDigit(char c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }
}
