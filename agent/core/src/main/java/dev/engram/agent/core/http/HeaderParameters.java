package dev.engram.agent.core.http;

import org.jspecify.annotations.Nullable;

/**
 * Parameters of a header such as {@code form-data; name="a"; filename="b"}. Takes time in
 * proportion to the header, whatever is in it.
 */
final class HeaderParameters {
  private HeaderParameters() {}

  /** The value of the first parameter of this name, in whatever case; null when there is none. */
  static @Nullable String find(String header, String name) {
    int begin = header.indexOf(';');
    while (begin >= 0) {
      int equals = header.indexOf('=', begin);
      if (equals < 0) {
        return null;
      }
      int from = afterBlanks(header, equals + 1);
      int end = end(header, from);
      String found = header.substring(header.lastIndexOf(';', equals) + 1, equals);
      if (found.strip().equalsIgnoreCase(name)) {
        return value(header, from, end);
      }
      begin = header.indexOf(';', end);
    }
    return null;
  }

  /** Where the value ends that begins here: before the quote that closes it, or the semicolon. */
  private static int end(String header, int from) {
    boolean quoted = isQuote(header, from);
    int at = quoted ? from + 1 : from;
    while (at < header.length() && header.charAt(at) != (quoted ? '"' : ';')) {
      at += quoted && isEscape(header, at) ? 2 : 1;
    }
    return Math.min(at, header.length());
  }

  private static String value(String header, int from, int end) {
    if (!isQuote(header, from)) {
      return header.substring(from, end).strip();
    }
    StringBuilder value = new StringBuilder();
    for (int at = from + 1; at < end; at++) {
      at += isEscape(header, at) && at + 1 < end ? 1 : 0;
      value.append(header.charAt(at));
    }
    return value.toString();
  }

  /** Browsers leave the backslashes of a file's name as they are. */
  private static boolean isEscape(String header, int at) {
    return header.charAt(at) == '\\'
        && at + 1 < header.length()
        && (header.charAt(at + 1) == '"' || header.charAt(at + 1) == '\\');
  }

  private static boolean isQuote(String header, int at) {
    return at < header.length() && header.charAt(at) == '"';
  }

  private static int afterBlanks(String header, int from) {
    int at = from;
    while (at < header.length() && (header.charAt(at) == ' ' || header.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
