package dev.engram.agent.record.redaction;

/** Finds the user and password of a URL, {@code scheme://user:password@host/}. Stateless. */
final class UrlUser {
  /** What {@link #end} answers where there is none. */
  static final int NONE = -1;

  private UrlUser() {}

  /**
   * The at sign behind user and password.
   *
   * @param from behind the two slashes
   */
  static int end(String url, int from) {
    return end(url, from, new RedactedText(url));
  }

  /** The same in a text, of which no part is looked through again. */
  static int end(String text, int from, RedactedText output) {
    int end = from;
    int at = NONE;
    while (end < text.length() && !endsAuthority(text.charAt(end))) {
      at = text.charAt(end) == '@' ? end : at;
      end++;
    }
    return at < 0 && beginsPassword(text, from, end) ? behindPassword(text, end, output) : at;
  }

  /** {@code user:s3/cr3t@host}: what looks like the end of the host is part of the password. */
  private static boolean beginsPassword(String text, int from, int end) {
    int colon = from;
    while (colon < end && text.charAt(colon) != ':') {
      colon++;
    }
    boolean goesOn = end < text.length() && isPath(text.charAt(end));
    if (colon == end || !goesOn || text.charAt(from) == '[') {
      return false;
    }
    int port = colon + 1;
    while (port < end && Alphabet.isDigit(text.charAt(port))) {
      port++;
    }
    boolean drive = colon == from + 1 && port == end;
    return !drive && (port == colon + 1 || (port < end && text.charAt(port) != ','));
  }

  /** The last at sign before a blank or quote. */
  private static int behindPassword(String text, int from, RedactedText output) {
    if (from < output.endOfUrl()) {
      return NONE;
    }
    int at = NONE;
    int end = from;
    while (end < text.length() && !endsUrl(text.charAt(end))) {
      at = text.charAt(end) == '@' ? end : at;
      end++;
    }
    output.endOfUrl(end);
    return at;
  }

  private static boolean endsAuthority(char c) {
    return isPath(c) || endsUrl(c);
  }

  private static boolean isPath(char c) {
    return c == '/' || c == '?' || c == '#';
  }

  private static boolean endsUrl(char c) {
    return Character.isWhitespace(c) || "\"'<>\\".indexOf(c) >= 0;
  }
}
