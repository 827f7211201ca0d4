package dev.engram.agent.record.redaction;

/**
 * Hides what shows by itself that it is secret, in any text and under any name: credentials of HTTP
 * authentication, tokens, keys, card numbers, passwords in URLs, and values that stand beside a
 * secret name, as in {@code password=...}, or in an element of that name. One pass, and one more
 * for each time that characters are escaped; what is looked at ahead is bounded or consumed.
 * Thread-safe.
 */
final class SecretValues {
  /** Characters of a user and password of Oracle; no mark ends them but the one behind them. */
  private static final int LONGEST_USER = 256;

  /** A URL as a parameter of a URL, in JSON, is escaped three times. */
  private static final int LEVELS = 3;

  private final NamedValues named;
  private final ElementValues elements;

  /**
   * @param said of those that are values themselves
   */
  SecretValues(SecretNames names, SecretNames said) {
    named = new NamedValues(names, said);
    elements = new ElementValues(names);
  }

  /**
   * The text, or what may be remembered of it; without a secret it stays the same object. Where
   * only escapes hide one, plain characters take their place.
   */
  String redact(String text) {
    if (!Suspicion.any(text, 0, text.length())) {
      return text;
    }
    String shown = pass(text);
    String escaped = shown;
    String plain = Escapes.plain(escaped);
    for (int level = 0; level < LEVELS && !plain.equals(escaped); level++) {
      escaped = pass(plain);
      shown = escaped.equals(plain) ? shown : escaped;
      plain = Escapes.plain(escaped);
    }
    return shown;
  }

  private String pass(String whole) {
    String text = PrivateKeys.redact(whole);
    RedactedText output = new RedactedText(text);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int next = Alphabet.isWord(c) ? word(text, at, output) : sign(text, at, c, output);
      at = Math.max(next, output.shown());
    }
    return output.toString();
  }

  /** Passes a run of letters, digits, hyphens and underscores. */
  private static int word(String text, int at, RedactedText output) {
    int end = Credentials.endOfWord(text, at);
    for (int begin = at; begin < end; begin = afterJoint(text, begin, end)) {
      int hidden = endOfSecret(text, begin, end);
      if (hidden > 0) {
        output.hide(begin, hidden);
        return hidden;
      }
    }
    int credentials = Credentials.afterScheme(text, at, end);
    if (credentials > 0) {
      int last = Credentials.endOfCredentials(text, credentials);
      output.hide(credentials, last);
      return last;
    }
    return end;
  }

  private static int endOfSecret(String text, int begin, int end) {
    int card = Alphabet.isDigit(text.charAt(begin)) ? CardNumbers.end(text, begin) : -1;
    return card > 0 ? card : Credentials.end(text, begin, end);
  }

  /** Behind the next hyphen or underscore inside the word. */
  private static int afterJoint(String text, int from, int end) {
    int at = from + 1;
    while (at < end && !(Alphabet.isWord(text.charAt(at)) && isJoint(text.charAt(at - 1)))) {
      at++;
    }
    return at;
  }

  private static boolean isJoint(char c) {
    return c == '-' || c == '_';
  }

  /** Passes one character of another kind, or what it begins. */
  private int sign(String text, int at, char c, RedactedText output) {
    switch (c) {
      case '%':
        return escape(text, at, 2);
      case '\\':
        return backslash(text, at);
      case ':':
        if (text.startsWith("//", at + 1)) {
          return urlUser(text, at + 3, output);
        }
        if (isOracle(text, at)) {
          return oracleUser(text, at + 1, output);
        }
        named.hide(text, at, output);
        return at + 1;
      case '=':
        named.hide(text, at, output);
        return at + 1;
      case '<':
        elements.hide(text, at, output);
        return at + 1;
      case '(', '[', '{':
        output.opened();
        return at + 1;
      case ')', ']', '}':
        output.closed();
        return at + 1;
      default:
        return at + 1;
    }
  }

  /** The digits of an escaped character are no beginning of a word. */
  private static int escape(String text, int at, int digits) {
    int end = at + 1;
    while (end < text.length() && end <= at + digits && isHex(text.charAt(end))) {
      end++;
    }
    return end == at + 1 + digits ? end : at + 1;
  }

  /** Nor is the letter of an escaped line break. */
  private static int backslash(String text, int at) {
    char escaped = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (escaped == 'u') {
      return escape(text, at + 1, 4);
    }
    return "nrtbf".indexOf(escaped) < 0 ? at + 1 : at + 2;
  }

  /** {@code https://user:password@host/} names no key for what it gives away. */
  private static int urlUser(String text, int from, RedactedText output) {
    int at = UrlUser.end(text, from, output);
    if (at < 0 || isHidden(text, from, at)) {
      return from;
    }
    output.hide(from, at);
    return at;
  }

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static boolean isOracle(String text, int colon) {
    return text.regionMatches(true, colon - 12, ":oracle:thin", 0, 12)
        || text.regionMatches(true, colon - 11, ":oracle:oci", 0, 11);
  }

  private static int oracleUser(String text, int from, RedactedText output) {
    int last = Math.min(text.length(), from + LONGEST_USER);
    int end = from;
    while (end < last && text.charAt(end) != '@' && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    if (end == last || text.charAt(end) != '@' || end == from || isHidden(text, from, end)) {
      return from;
    }
    output.hide(from, end);
    return end;
  }

  private static boolean isHidden(String text, int from, int end) {
    return end - from == Redaction.REDACTED.length() && text.startsWith(Redaction.REDACTED, from);
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0;
  }
}
