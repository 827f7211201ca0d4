package dev.engram.agent.record.redaction;

/**
 * Where a name and its value stand apart in text of any kind, one behind the other: {@code
 * {"name":"password","value":"..."}} in a message, {@code Header(name=cookie, value=...)}, {@code
 * filter[0].name=password&filter[0].value=...}. A path before the second of the two is that of the
 * first. Looks no further than a name goes. Thread-safe.
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
   *
   * @param label where what announces the name begins, behind its path
   */
  int valueBehind(String text, int label, int from) {
    int begin = TextValues.afterQuote(text, from);
    int end = TextNames.end(text, begin);
    if (!names.mayContain(text, begin, end)) {
      return NONE;
    }
    int sign = announced(text, end, PairLabel.VALUE, label);
    return sign != NONE && names.contains(name(text, from)) ? value(text, sign) : NONE;
  }

  /**
   * Whether a secret name is said behind the value that ends at {@code end}, its quote aside.
   *
   * @param label where what announces the value begins, behind its path
   */
  boolean isNamedBehind(String text, int label, int end) {
    int sign = announced(text, end, PairLabel.NAME, label);
    int said = sign == NONE ? NONE : value(text, sign);
    return said != NONE && names.contains(name(text, said));
  }

  /** The name said at {@code from}, in quotes or not; empty when there is none. */
  static String name(String text, int from) {
    int begin = TextValues.afterQuote(text, from);
    return text.substring(begin, TextNames.end(text, begin));
  }

  /** The sign of the next member, if it has this label, and no path or that of the first one. */
  private static int announced(String text, int from, PairLabel label, int first) {
    int next = afterSeparator(text, TextValues.afterQuote(text, from));
    int word = TextValues.afterQuote(text, next);
    int end = TextNames.endOfPath(text, word);
    if (word == from || word == end) {
      return NONE;
    }
    String member = text.substring(word, end);
    if (PairLabel.ofPath(member) != label) {
      return NONE;
    }
    int sign = afterBlanks(text, TextValues.afterQuote(text, end));
    String path = NamePath.path(member);
    boolean same = path.isEmpty() || TextNames.isBehind(path, text, first);
    return same && isAt(text, sign, ":=") ? sign : NONE;
  }

  /** Blanks around it too; XML writes more for an ampersand. */
  private static int afterSeparator(String text, int from) {
    int at = afterBlanks(text, from);
    int behind = isAt(text, at, ",;&") ? at + 1 : at;
    return afterBlanks(text, text.startsWith("&amp;", at) ? at + "&amp;".length() : behind);
  }

  private static int value(String text, int sign) {
    int value = afterBlanks(text, TextValues.behindSign(text, sign));
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
