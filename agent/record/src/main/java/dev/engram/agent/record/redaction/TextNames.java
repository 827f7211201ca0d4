package dev.engram.agent.record.redaction;

/** Where names begin and end in text of any kind. Stateless. */
final class TextNames {
  /** No honest name is longer. */
  private static final int LONGEST = 64;

  private TextNames() {}

  /**
   * Of the name before this sign: its own quote, escaped or not, and blanks may stand between, and
   * the bracket that it is in, as in {@code filter[name]=} or {@code "filter[name]":}.
   */
  static int endBefore(String text, int sign) {
    int end = sign;
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    int quoted = beforeQuote(text, end);
    boolean mayBeAPath = quoted < end || text.charAt(sign) == '=';
    if (!mayBeAPath || quoted == 0 || text.charAt(quoted - 1) != ']') {
      return quoted;
    }
    int indexed = NamePath.beforeIndexes(text, quoted);
    return indexed > 0 && text.charAt(indexed - 1) == ']'
        ? beforeQuote(text, indexed - 1)
        : indexed;
  }

  private static int beforeQuote(String text, int end) {
    if (end == 0 || !TextValues.isQuote(text.charAt(end - 1))) {
      return end;
    }
    return end > 1 && text.charAt(end - 2) == '\\' ? end - 2 : end - 1;
  }

  /** Of the name that ends there, not before {@code shown}; its end where there is none. */
  static int begin(String text, int end, int shown) {
    int first = Math.max(shown, end - LONGEST);
    int name = end;
    while (name > first && Alphabet.isName(text.charAt(name - 1))) {
      name--;
    }
    // Options begin with hyphens, and some parameters with an underscore.
    while (name < end && !Alphabet.isLetter(text.charAt(name))) {
      name++;
    }
    return name;
  }

  /** Of the name that begins there; its beginning where there is none. */
  static int end(String text, int from) {
    int last = Math.min(text.length(), from + LONGEST);
    int end = from;
    while (end < last && Alphabet.isName(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The same of one that may have a path before it, as in {@code filter[0].name}. */
  static int endOfPath(String text, int from) {
    int last = Math.min(text.length(), from + LONGEST);
    int end = from;
    while (end < last && isPartOfPath(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Whether this path, as {@link NamePath} tells it, stands before the name that begins there. */
  static boolean isBehind(String path, String text, int name) {
    int from = name - path.length();
    return text.startsWith(path, from) && (from == 0 || !isPartOfPath(text.charAt(from - 1)));
  }

  private static boolean isPartOfPath(char c) {
    return Alphabet.isName(c) || c == '[' || c == ']';
  }
}
