package dev.engram.agent.core.json;

/** Whether a text is JSON, as arguments of tools should be; models do not always keep to it. */
final class JsonSyntax {
  private static final int MAX_DEPTH = 64;
  private static final int NO = -1;

  private final String text;

  private JsonSyntax(String text) {
    this.text = text;
  }

  /** Whether it is one value, and nothing else. */
  static boolean isValue(String text) {
    JsonSyntax json = new JsonSyntax(text);
    int end = json.value(json.blanks(0), 0);
    return end != NO && json.blanks(end) == text.length();
  }

  /** The end of the value that begins here, or {@link #NO}; so with all below. */
  private int value(int at, int depth) {
    if (at == NO || at >= text.length() || depth > MAX_DEPTH) {
      return NO;
    }
    return switch (text.charAt(at)) {
      case '{' -> members(at + 1, '}', depth);
      case '[' -> members(at + 1, ']', depth);
      case '"' -> string(at);
      case 't' -> word(at, "true");
      case 'f' -> word(at, "false");
      case 'n' -> word(at, "null");
      default -> number(at);
    };
  }

  private int members(int from, char close, int depth) {
    int at = blanks(from);
    if (is(at, close)) {
      return at + 1;
    }
    while (true) {
      at = close == '}' ? name(at) : at;
      at = value(at, depth + 1);
      if (at == NO) {
        return NO;
      }
      at = blanks(at);
      if (is(at, close)) {
        return at + 1;
      }
      if (!is(at, ',')) {
        return NO;
      }
      at = blanks(at + 1);
    }
  }

  /** Where the value begins that goes under the name. */
  private int name(int at) {
    int end = is(at, '"') ? string(at) : NO;
    int colon = end == NO ? NO : blanks(end);
    return colon != NO && is(colon, ':') ? blanks(colon + 1) : NO;
  }

  private int string(int from) {
    for (int at = from + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c < ' ') {
        return NO;
      }
      at += c == '\\' ? 1 : 0;
    }
    return NO;
  }

  private int word(int at, String word) {
    return text.startsWith(word, at) ? at + word.length() : NO;
  }

  private int number(int from) {
    int at = from;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at > from && Character.isDigit(text.charAt(at - 1)) ? at : NO;
  }

  private int blanks(int from) {
    int at = from;
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private boolean is(int at, char c) {
    return at < text.length() && text.charAt(at) == c;
  }
}
