package dev.engram.agent.record.redaction;

/** Where names begin and end in text of any kind. Stateless. */
final class TextNames {
  /** No honest name is longer. */
  private static final int LONGEST = 64;

  private TextNames() {}

  /** Of the name before this sign: its own quote, escaped or not, and blanks may stand between. */
  static int endBefore(String text, int sign) {
    int end = sign;
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    if (end > 0 && TextValues.isQuote(text.charAt(end - 1))) {
      end--;
    }
    return end > 0 && end < sign && text.charAt(end - 1) == '\\' ? end - 1 : end;
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
}
