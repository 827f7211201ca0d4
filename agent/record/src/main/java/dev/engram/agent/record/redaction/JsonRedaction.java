package dev.engram.agent.record.redaction;

/**
 * Replaces what secret names stand for in JSON, at any depth, in one pass. What is cut off, or is
 * not quite JSON (bare names, single quotes, missing brackets), is read as far as it goes: from a
 * secret name on, more is hidden rather than less. Thread-safe.
 *
 * <p>JSON inside a string of JSON is text like any other, and is not looked into.
 */
final class JsonRedaction {
  /** No honest name is longer; what goes under one is hidden without matching it. */
  private static final int MAX_NAME = 256;

  private static final String HIDDEN = '"' + Redaction.REDACTED + '"';

  private final SecretNames names;

  JsonRedaction(SecretNames names) {
    this.names = names;
  }

  /** The text, or what may be remembered of it; without a secret it stays the same object. */
  String redact(String json) {
    RedactedText output = new RedactedText(json);
    int at = 0;
    while (at < json.length()) {
      int end = endOfToken(json, at);
      int value = secretValue(json, at, end);
      if (value >= 0) {
        end = endOfValue(json, value);
        output.hide(value, end, HIDDEN);
      }
      at = end;
    }
    return output.toString();
  }

  /** Where the value begins whose name is this token, or -1 when it may be remembered. */
  private int secretValue(String json, int from, int end) {
    // Looked at first: each of many blanks would look at all those behind it.
    if (!isText(json.charAt(from))) {
      return -1;
    }
    int colon = afterBlanks(json, end);
    if (colon == json.length() || json.charAt(colon) != ':' || !isSecret(json, from, end)) {
      return -1;
    }
    int value = afterBlanks(json, colon + 1);
    return value < json.length() ? value : -1;
  }

  private boolean isSecret(String json, int from, int end) {
    boolean quoted = isQuote(json.charAt(from));
    int first = quoted ? from + 1 : from;
    int last = quoted ? Math.max(first, end - 1) : end;
    return last - first > MAX_NAME || names.contains(unescaped(json.substring(first, last)));
  }

  /** A name may be escaped to look harmless. */
  private static String unescaped(String name) {
    if (name.indexOf('\\') < 0) {
      return name;
    }
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '\\' || i + 1 == name.length()) {
        plain.append(c);
      } else if (name.charAt(++i) == 'u' && i + 4 < name.length()) {
        plain.append((char) hex(name, i + 1));
        i += 4;
      } else {
        plain.append(name.charAt(i));
      }
    }
    return plain.toString();
  }

  private static int hex(String text, int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      value = value << 4 | Math.max(0, Character.digit(text.charAt(i), 16));
    }
    return value;
  }

  /** The end of a string, of a bare word or number, or of a single other character. */
  private static int endOfToken(String json, int from) {
    char c = json.charAt(from);
    if (c == '"' || (c == '\'' && opensString(json, from))) {
      return endOfString(json, from);
    }
    int end = from + 1;
    if (c == '\'') {
      return end;
    }
    while (isText(c) && end < json.length() && isText(json.charAt(end))) {
      end++;
    }
    return end;
  }

  /** An apostrophe in prose, or in what some servers put before JSON, would hide what follows. */
  private static boolean opensString(String json, int apostrophe) {
    int before = apostrophe - 1;
    while (before >= 0 && Character.isWhitespace(json.charAt(before))) {
      before--;
    }
    return before >= 0 && "{[,:(".indexOf(json.charAt(before)) >= 0;
  }

  /**
   * Just after the closing quote, or the end of the text; one in apostrophes ends with its line.
   */
  private static int endOfString(String json, int from) {
    char quote = json.charAt(from);
    int at = from + 1;
    while (at < json.length() && json.charAt(at) != quote) {
      if (quote == '\'' && json.charAt(at) == '\n') {
        return at;
      }
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(json.length(), at + 1);
  }

  private static int endOfValue(String json, int from) {
    char c = json.charAt(from);
    return c == '{' || c == '[' ? endOfNested(json, from) : endOfPlain(json, from);
  }

  private static int endOfNested(String json, int from) {
    int depth = 0;
    int at = from;
    do {
      char c = json.charAt(at);
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      at = c == '"' ? endOfString(json, at) : at + 1;
    } while (depth > 0 && at < json.length());
    return at;
  }

  /** A string or a literal; what follows it up to the next separator is no JSON, and hidden too. */
  private static int endOfPlain(String json, int from) {
    int at = isQuote(json.charAt(from)) ? endOfString(json, from) : from;
    while (at < json.length() && ",}]\n".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static int afterBlanks(String json, int from) {
    int at = from;
    while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** What may be part of a name that has no quotes, and every quote. */
  private static boolean isText(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || isQuote(c);
  }
}
