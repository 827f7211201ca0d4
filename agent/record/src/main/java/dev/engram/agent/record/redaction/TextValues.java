package dev.engram.agent.record.redaction;

/** Where values begin and end in text of any kind. Stateless. */
final class TextValues {
  /** So far a value in several words is looked through. */
  private static final int LONGEST_WORDS = 256;

  private TextValues() {}

  /**
   * Of the value behind this sign. A line may break before a quote alone: behind a colon that ends
   * it, another matter begins.
   */
  static int begin(String text, int sign) {
    int at = behindSign(text, sign);
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    int quote = at;
    while (quote < text.length() && Character.isWhitespace(text.charAt(quote))) {
      quote++;
    }
    return quote < text.length() && isQuote(text.charAt(quote)) ? quote : at;
  }

  /** Ruby, PHP and Perl write {@code name => value}. */
  static int behindSign(String text, int sign) {
    return text.startsWith("=>", sign) ? sign + 2 : sign + 1;
  }

  /** Of one without quotes: a bracket or a comma may be part of it, unless nothing follows. */
  static int endOfPlain(String text, int from) {
    int end = from;
    while (end < text.length()
        && !endsValue(text, end)
        && !(closes(text.charAt(end)) && endsAfter(text, end + 1))) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return end;
  }

  /**
   * Of one in brackets that may be several words, {@code {password=s3 cr3t, a=b}}, whose first one
   * ends at {@code from}: before the next name, the bracket that closes or the end of the line;
   * {@code from} where that is too far to look.
   */
  static int endOfWords(String text, int from) {
    int last = Math.min(text.length(), from + LONGEST_WORDS);
    int depth = 0;
    for (int at = from; at < last; at++) {
      char c = text.charAt(at);
      if (isQuote(c) || c == '\\') {
        return from;
      }
      depth += depth(c);
      if (depth < 0 || c == '\n' || c == '\r') {
        return at;
      }
      if (c == ' ' && isNamed(text, at + 1)) {
        return at > from && text.charAt(at - 1) == ',' ? at - 1 : at;
      }
    }
    return last == text.length() ? last : from;
  }

  private static boolean isNamed(String text, int from) {
    int end = TextNames.end(text, from);
    return end > from && end < text.length() && text.charAt(end) == '=';
  }

  /** How much deeper in brackets the text goes on behind this character. */
  private static int depth(char c) {
    return "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
  }

  /** Of one in brackets. */
  static int endOfNested(String text, int from) {
    int depth = 0;
    int at = from;
    do {
      char c = text.charAt(at);
      depth += opens(c) ? 1 : c == ']' || c == '}' ? -1 : 0;
      at++;
    } while (depth > 0 && at < text.length());
    return at;
  }

  /** Of a line, or of the string that it stands in: a quote that none before it answers. */
  static int endOfLine(String text, int from) {
    int end = from;
    boolean open = false;
    while (end < text.length() && "\r\n".indexOf(text.charAt(end)) < 0) {
      if (isQuote(text.charAt(end))) {
        boolean opens = !open && text.charAt(end - 1) == '=';
        if (!open && !opens) {
          return end;
        }
        open = opens;
      }
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  /** Before the quote that answers the one before {@code from}, escaped in the same way. */
  static int closingQuote(String text, int from) {
    char quote = text.charAt(from - 1);
    boolean escaped = from > 1 && text.charAt(from - 2) == '\\';
    int at = from;
    while (at < text.length() && text.charAt(at) != quote) {
      boolean pair = text.charAt(at) == '\\' && at + 1 < text.length();
      if (pair && escaped && text.charAt(at + 1) == quote) {
        return at;
      }
      at += pair ? 2 : 1;
    }
    return Math.min(at, text.length());
  }

  /** Behind the quote that stands here, escaped or not; or {@code from}. */
  static int afterQuote(String text, int from) {
    int at = text.startsWith("\\", from) ? from + 1 : from;
    return at < text.length() && isQuote(text.charAt(at)) ? at + 1 : from;
  }

  /** Whether what ends there is a whole value. */
  static boolean endsAfter(String text, int at) {
    return at == text.length() || endsValue(text, at) || closes(text.charAt(at));
  }

  /** A backslash may be part of a password where it is escaped. */
  private static boolean endsValue(String text, int at) {
    char c = text.charAt(at);
    return Character.isWhitespace(c)
        || "&;\"'<>".indexOf(c) >= 0
        || (c == '\\' && !text.startsWith("\\", at + 1));
  }

  static boolean opens(char c) {
    return c == '[' || c == '{';
  }

  private static boolean closes(char c) {
    return ",)]}".indexOf(c) >= 0;
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
