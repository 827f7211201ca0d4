package dev.engram.agent.record.redaction;

/**
 * Where a name and its value stand apart in text of any kind, one behind the other: {@code
 * {"name":"password","value":"..."}} in a message, {@code Header(name=cookie, value=...)}, {@code
 * name=password&value=...}. Looks no further than a name goes. Thread-safe.
 */
final class NamedPairs {
  static final int NONE = -1;

  private final SecretNames names;

  NamedPairs(SecretNames names) {
    this.names = names;
  }

  /**
   * Where the value begins that is announced behind the name said at {@code from}, if that name is
   * secret; or {@link #NONE}.
   */
  int valueBehind(String text, int from) {
    int end = TextNames.end(text, TextValues.afterQuote(text, from));
    int sign = announced(text, end, PairLabel.VALUE);
    return sign != NONE && names.contains(name(text, from)) ? value(text, sign) : NONE;
  }

  /** Whether a secret name is said behind the value that ends at {@code end}, its quote aside. */
  boolean isNamedBehind(String text, int end) {
    int sign = announced(text, end, PairLabel.NAME);
    int said = sign == NONE ? NONE : value(text, sign);
    return said != NONE && names.contains(name(text, said));
  }

  /** The name said at {@code from}, in quotes or not; empty when there is none. */
  static String name(String text, int from) {
    int begin = TextValues.afterQuote(text, from);
    return text.substring(begin, TextNames.end(text, begin));
  }

  /** The sign of the next member, if it has this label. */
  private static int announced(String text, int from, PairLabel label) {
    int behind = afterBlanks(text, TextValues.afterQuote(text, from));
    int next = afterBlanks(text, isAt(text, behind, ",;&") ? behind + 1 : behind);
    int word = TextValues.afterQuote(text, next);
    int end = TextNames.end(text, word);
    if (word == from || PairLabel.of(text.substring(word, end)) != label) {
      return NONE;
    }
    int sign = afterBlanks(text, TextValues.afterQuote(text, end));
    return isAt(text, sign, ":=") ? sign : NONE;
  }

  private static int value(String text, int sign) {
    int value = afterBlanks(text, sign + 1);
    return value < text.length() ? value : NONE;
  }

  private static boolean isAt(String text, int at, String signs) {
    return at < text.length() && signs.indexOf(text.charAt(at)) >= 0;
  }

  /** Escaped ones are blanks too. */
  private static int afterBlanks(String text, int from) {
    int at = from;
    while (at < text.length()) {
      boolean escaped = text.charAt(at) == '\\' && isAt(text, at + 1, "nrt");
      if (!escaped && !Character.isWhitespace(text.charAt(at))) {
        return at;
      }
      at += escaped ? 2 : 1;
    }
    return at;
  }
}
