package dev.engram.agent.record.redaction;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values beside a secret name in text of any kind: {@code password=...}, {@code "token": "..."}, a
 * line of a header; and where both are announced, {@code name=password, value=...}. Thread-safe.
 */
final class NamedValues {
  /** No honest name is longer. */
  private static final int LONGEST_NAME = 64;

  /** Parsers speak of tokens too: what follows is one only if it does not look like prose. */
  private static final String TOKEN = "token";

  private static final int SHORTEST_TOKEN = 6;
  private static final int LONGEST_PORT = 5;

  /** So far a name is looked for behind a value without quotes. */
  private static final int LONGEST_UNNAMED = 512;

  private final SecretNames names;
  private final NamedPairs pairs;

  /**
   * @param said of those that are values themselves
   */
  NamedValues(SecretNames names, SecretNames said) {
    this.names = names;
    this.pairs = new NamedPairs(said);
  }

  /**
   * Hides the value behind the equals sign or colon at {@code sign}, if the name before it asks.
   */
  void hide(String text, int sign, RedactedText output) {
    int nameEnd = nameEnd(text, sign);
    int name = nameBegin(text, nameEnd, output.shown());
    int from = afterBlanks(text, sign + 1);
    if (name == nameEnd || from == text.length() || isHidden(text, from)) {
      return;
    }
    String said = text.substring(name, nameEnd);
    if (text.charAt(from) == '=' || isPort(text, sign, said)) {
      return;
    }
    if (names.contains(said)) {
      boolean prose = text.charAt(sign) == ':' && from > sign + 1 && nameEnd == sign;
      hide(text, from, said.toLowerCase(Locale.ROOT), prose, output);
    } else {
      hidePaired(text, from, PairLabel.of(said), output);
    }
  }

  /** Behind {@code from} a name is said whose value is announced next, or the other way round. */
  private void hidePaired(String text, int from, @Nullable PairLabel label, RedactedText output) {
    if (label == PairLabel.NAME) {
      int value = pairs.valueBehind(text, from);
      if (value != NamedPairs.NONE && !isHidden(text, value)) {
        String name = NamedPairs.name(text, from);
        hide(text, value, name.toLowerCase(Locale.ROOT), false, output);
      }
      return;
    }
    if (label == PairLabel.VALUE) {
      int quoted = afterQuote(text, from);
      int end = quoted > from ? closingQuote(text, quoted) : endOfUnnamed(text, from, output);
      if (end > from && pairs.isNamedBehind(text, end)) {
        hideIfAny(text, quoted, end, output);
      }
    }
  }

  /**
   * Of a value without quotes that no name has hidden yet; {@code from} where it is too long. Such
   * a value may hold what looks like many others, which end where it does.
   */
  private static int endOfUnnamed(String text, int from, RedactedText output) {
    if (from >= output.endOfRun()) {
      output.endOfRun(endOfPlain(text, from));
    }
    int end = output.endOfRun();
    return end < text.length() && end - from < LONGEST_UNNAMED ? end : from;
  }

  /** {@code session-service:8080}: a host may be named after what it keeps. */
  private static boolean isPort(String text, int sign, String name) {
    int end = sign + 1;
    while (end < text.length()
        && end <= sign + LONGEST_PORT
        && Alphabet.isDigit(text.charAt(end))) {
      end++;
    }
    return text.charAt(sign) == ':'
        && end > sign + 1
        && (name.indexOf('-') > 0 || name.indexOf('.') > 0)
        && (end == text.length() || !Alphabet.isName(text.charAt(end)));
  }

  private void hide(String text, int from, String name, boolean prose, RedactedText output) {
    int quoted = afterQuote(text, from);
    boolean wholeLine = quoted == from && isHeader(name);
    if (!wholeLine && isNameOfAnother(text, quoted, quoted > from)) {
      return;
    }
    if (quoted > from) {
      hideIfAny(text, quoted, closingQuote(text, quoted), output);
      return;
    }
    if (prose && isProse(text, from, name)) {
      return;
    }
    hideIfAny(text, from, endOf(text, from, name), output);
  }

  /** {@code Unexpected token: "password": ...}: what stands there is no value but names one. */
  private boolean isNameOfAnother(String text, int from, boolean quoted) {
    int last = Math.min(text.length(), from + LONGEST_NAME);
    int end = from;
    while (end < last && Alphabet.isName(text.charAt(end))) {
      end++;
    }
    boolean followed =
        quoted ? isSign(text, afterBlanks(text, endOfQuote(text, end))) : isColon(text, end);
    return followed && names.contains(text.substring(from, end));
  }

  /** Behind the quote that stands here, escaped or not; or the text's end for none. */
  private static int endOfQuote(String text, int at) {
    int behind = at < text.length() ? afterQuote(text, at) : at;
    return behind > at ? behind : text.length();
  }

  private static boolean isSign(String text, int at) {
    return at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '=');
  }

  /** With a blank behind it: without one, it may be part of a password. */
  private static boolean isColon(String text, int at) {
    return text.startsWith(": ", at);
  }

  private static int endOf(String text, int from, String name) {
    if (isHeader(name)) {
      return endOfLine(text, from);
    }
    boolean nested = opens(text.charAt(from)) && !text.startsWith(Redaction.REDACTED, from);
    return nested ? endOfNested(text, from) : endOfScheme(text, from, endOfPlain(text, from));
  }

  /** {@code access_token=Bearer ...}: the scheme is not the secret. */
  private static int endOfScheme(String text, int from, int end) {
    int credentials = Credentials.afterScheme(text, from, end);
    return credentials < 0 ? end : Credentials.endOfCredentials(text, credentials);
  }

  private static void hideIfAny(String text, int from, int end, RedactedText output) {
    boolean hidden = end - from == Redaction.REDACTED.length() && isHidden(text, from);
    if (end > from && !hidden) {
      output.hide(from, end);
    }
  }

  /** By name before, and with nothing that goes on behind it. */
  private static boolean isHidden(String text, int from) {
    int end = from + Redaction.REDACTED.length();
    return text.startsWith(Redaction.REDACTED, from) && endsAfter(text, end);
  }

  private static boolean opens(char c) {
    return c == '[' || c == '{';
  }

  private static int endOfNested(String text, int from) {
    int depth = 0;
    int at = from;
    do {
      char c = text.charAt(at);
      depth += opens(c) ? 1 : c == ']' || c == '}' ? -1 : 0;
      at++;
    } while (depth > 0 && at < text.length());
    return at;
  }

  /** The name's own quote, escaped or not, and blanks, may stand before the sign. */
  private static int nameEnd(String text, int sign) {
    int end = sign;
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    if (end > 0 && isQuote(text.charAt(end - 1))) {
      end--;
    }
    return end > 0 && end < sign && text.charAt(end - 1) == '\\' ? end - 1 : end;
  }

  private static int nameBegin(String text, int end, int shown) {
    int first = Math.max(shown, end - LONGEST_NAME);
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

  /** Exceptions are named after tokens and credentials without holding any. */
  private static boolean isProse(String text, int from, String name) {
    if (name.endsWith("exception") || name.endsWith("error")) {
      return true;
    }
    if (!name.equals(TOKEN)) {
      return false;
    }
    int end = endOfPlain(text, from);
    return opens(text.charAt(from))
        || end - from < SHORTEST_TOKEN
        || Credentials.isLetters(text, from, end);
  }

  private static boolean isHeader(String name) {
    return name.endsWith("authorization") || name.endsWith("cookie");
  }

  /** Or the end of the string that the line stands in: a quote that none before it answers. */
  private static int endOfLine(String text, int from) {
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

  /** A bracket or a comma may be part of a password, unless nothing of it follows. */
  private static int endOfPlain(String text, int from) {
    int end = from;
    while (end < text.length()
        && !endsValue(text, end)
        && !(closes(text.charAt(end)) && endsAfter(text, end + 1))) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return end;
  }

  private static boolean endsAfter(String text, int at) {
    return at == text.length() || endsValue(text, at) || closes(text.charAt(at));
  }

  /** A backslash may be part of a password where it is escaped. */
  private static boolean endsValue(String text, int at) {
    char c = text.charAt(at);
    return Character.isWhitespace(c)
        || "&;\"'<>".indexOf(c) >= 0
        || (c == '\\' && !text.startsWith("\\", at + 1));
  }

  private static boolean closes(char c) {
    return ",)]}".indexOf(c) >= 0;
  }

  /** Behind the quote that stands here, escaped or not; or {@code from}. */
  static int afterQuote(String text, int from) {
    int at = text.charAt(from) == '\\' ? from + 1 : from;
    return at < text.length() && isQuote(text.charAt(at)) ? at + 1 : from;
  }

  /** Before the quote that answers the one before {@code from}, escaped in the same way. */
  private static int closingQuote(String text, int from) {
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

  /** A line may break before a quote alone: behind a colon that ends it, another matter begins. */
  private static int afterBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    int quote = at;
    while (quote < text.length() && Character.isWhitespace(text.charAt(quote))) {
      quote++;
    }
    return quote < text.length() && isQuote(text.charAt(quote)) ? quote : at;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
