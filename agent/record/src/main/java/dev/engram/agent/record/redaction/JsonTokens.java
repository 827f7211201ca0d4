package dev.engram.agent.record.redaction;

import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a JSON text end. What is not quite JSON (bare names, single quotes, missing
 * brackets) has parts too. Stateless.
 */
final class JsonTokens {
  /** No honest name is longer. */
  private static final int MAX_NAME = 256;

  private JsonTokens() {}

  /** The end of a string, of a bare word or number, or of a single other character. */
  static int end(String json, int from) {
    char c = json.charAt(from);
    if (c == '"' || (c == '\'' && opensString(json, from))) {
      return endOfString(json, from, json.length());
    }
    return c == '\'' ? from + 1 : endOfWord(json, from, json.length());
  }

  /** The end of what a name stands for. */
  static int endOfValue(String json, int from) {
    char c = json.charAt(from);
    return c == '{' || c == '[' ? endOfNested(json, from) : endOfPlain(json, from);
  }

  /** What a string or bare word says; null for one that is longer than any name. */
  static @Nullable String name(String json, int from, int end) {
    boolean quoted = isQuote(json.charAt(from));
    int first = quoted ? from + 1 : from;
    int last = quoted ? Math.max(first, end - 1) : end;
    return last - first > MAX_NAME ? null : unescaped(json.substring(first, last));
  }

  /**
   * The end of a string or bare word, looked for no further than where it is longer than a name.
   */
  static int endOfName(String json, int from) {
    int last = Math.min(json.length(), from + MAX_NAME + 3);
    return isQuote(json.charAt(from)) ? endOfString(json, from, last) : endOfWord(json, from, last);
  }

  /** What may be part of a name that has no quotes, and every quote. */
  static boolean isText(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || isQuote(c);
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  static int afterBlanks(String json, int from) {
    int at = from;
    while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The last character before this one that is no blank, or -1. */
  static int before(String json, int at) {
    int before = at - 1;
    while (before >= 0 && Character.isWhitespace(json.charAt(before))) {
      before--;
    }
    return before;
  }

  /** An apostrophe in prose, or in what some servers put before JSON, would hide what follows. */
  private static boolean opensString(String json, int apostrophe) {
    int before = before(json, apostrophe);
    return before >= 0 && "{[,:(".indexOf(json.charAt(before)) >= 0;
  }

  private static int endOfWord(String json, int from, int last) {
    boolean isWord = isText(json.charAt(from));
    int end = from + 1;
    while (isWord && end < last && isText(json.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Just after the closing quote, or {@code last}; one in apostrophes ends with its line. */
  private static int endOfString(String json, int from, int last) {
    char quote = json.charAt(from);
    int at = from + 1;
    while (at < last && json.charAt(at) != quote) {
      if (quote == '\'' && json.charAt(at) == '\n') {
        return at;
      }
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(last, at + 1);
  }

  private static int endOfNested(String json, int from) {
    int depth = 0;
    int at = from;
    do {
      char c = json.charAt(at);
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      at = c == '"' ? endOfString(json, at, json.length()) : at + 1;
    } while (depth > 0 && at < json.length());
    return at;
  }

  /** A string or a literal; what follows it up to the next separator is no JSON, and hidden too. */
  private static int endOfPlain(String json, int from) {
    int at = isQuote(json.charAt(from)) ? endOfString(json, from, json.length()) : from;
    while (at < json.length() && ",}]\n".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    return at;
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
}
