package dev.engram.agent.record.redaction;

import java.util.Locale;

/**
 * Values beside a secret name in text of any kind: {@code password=...}, {@code "token": "..."}, a
 * line of a header; and where both are announced, {@code name=password, value=...}. Thread-safe.
 */
final class NamedValues {
  /** Parsers speak of tokens too: what follows is one only if it does not look like prose. */
  private static final String TOKEN = "token";

  private static final int SHORTEST_TOKEN = 6;

  /** Methods have signatures as well. */
  private static final String SIGNATURE = "signature";

  private static final int SHORTEST_SIGNATURE = 20;
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
    int nameEnd = TextNames.endBefore(text, sign);
    int name = TextNames.begin(text, nameEnd, output.shown());
    int from = TextValues.begin(text, sign);
    if (name == nameEnd || from == text.length() || isHidden(text, from)) {
      return;
    }
    String said = text.substring(name, nameEnd);
    if (text.charAt(from) == '=' || isPort(text, sign, said)) {
      return;
    }
    NameMeaning meaning = names.meaning(said);
    if (meaning == NameMeaning.SECRET) {
      boolean prose = text.charAt(sign) == ':' && from > sign + 1 && nameEnd == sign;
      hide(text, from, said.toLowerCase(Locale.ROOT), prose, output);
    } else if (meaning != NameMeaning.NOTHING) {
      hidePaired(text, nameEnd - NamePath.last(said).length(), from, meaning, output);
    }
  }

  /** Behind {@code from} a name is said whose value is announced next, or the other way round. */
  private void hidePaired(
      String text, int member, int from, NameMeaning meaning, RedactedText output) {
    if (meaning == NameMeaning.NAME) {
      int value = pairs.valueBehind(text, member, from);
      if (value != NamedPairs.NONE && !isHidden(text, value)) {
        String name = NamedPairs.name(text, from);
        hide(text, value, name.toLowerCase(Locale.ROOT), false, output);
      }
      return;
    }
    int quoted = TextValues.afterQuote(text, from);
    int end =
        quoted > from ? TextValues.closingQuote(text, quoted) : endOfUnnamed(text, from, output);
    if (end > from && pairs.isNamedBehind(text, member, end)) {
      hideIfAny(text, quoted, end, output);
    }
  }

  /**
   * Of a value without quotes that no name has hidden yet; {@code from} where it is too long. Such
   * a value may hold what looks like many others, which end where it does.
   */
  private static int endOfUnnamed(String text, int from, RedactedText output) {
    if (from >= output.endOfRun()) {
      output.endOfRun(TextValues.endOfPlain(text, from));
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
    int quoted = TextValues.afterQuote(text, from);
    boolean wholeLine = quoted == from && isLine(name);
    if (!wholeLine && isNameOfAnother(text, quoted, quoted > from)) {
      return;
    }
    if (quoted > from) {
      hideIfAny(text, quoted, TextValues.closingQuote(text, quoted), output);
      return;
    }
    if (prose && isProse(text, from, name)) {
      return;
    }
    int end = endOf(text, from, name);
    hideIfAny(text, from, output.isInBrackets() ? endOfWords(text, from, end) : end, output);
  }

  /** {@code Unexpected token: "password": ...}: what stands there is no value but names one. */
  private boolean isNameOfAnother(String text, int from, boolean quoted) {
    int end = TextNames.end(text, from);
    boolean followed = quoted ? isSign(text, behindQuote(text, end)) : isColon(text, end);
    return followed && names.contains(text.substring(from, end));
  }

  /** Where what stands behind this quote begins; the text's end where there is no quote. */
  private static int behindQuote(String text, int at) {
    int behind = TextValues.afterQuote(text, at);
    return behind > at ? TextValues.begin(text, behind - 1) : text.length();
  }

  private static boolean isSign(String text, int at) {
    return at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '=');
  }

  /** With a blank behind it: without one, it may be part of a password. */
  private static boolean isColon(String text, int at) {
    return text.startsWith(": ", at);
  }

  private static int endOf(String text, int from, String name) {
    if (isLine(name)) {
      return TextValues.endOfLine(text, from);
    }
    boolean nested =
        TextValues.opens(text.charAt(from)) && !text.startsWith(Redaction.REDACTED, from);
    return nested
        ? TextValues.endOfNested(text, from)
        : endOfScheme(text, from, TextValues.endOfPlain(text, from));
  }

  /** Of a value behind an equals sign that goes on in a further word. */
  private static int endOfWords(String text, int from, int end) {
    boolean more = text.startsWith(" ", end) || text.startsWith(", ", end);
    return more && text.charAt(from - 1) == '=' ? TextValues.endOfWords(text, end) : end;
  }

  /** {@code access_token=Bearer ...}: the scheme is not the secret. */
  private static int endOfScheme(String text, int from, int end) {
    int credentials = Credentials.afterScheme(text, from, end);
    return credentials < 0 ? end : Credentials.endOfCredentials(text, credentials);
  }

  static void hideIfAny(String text, int from, int end, RedactedText output) {
    boolean hidden = end - from == Redaction.REDACTED.length() && isHidden(text, from);
    if (end > from && !hidden) {
      output.hide(from, end);
    }
  }

  /** By name before, and with nothing that goes on behind it. */
  private static boolean isHidden(String text, int from) {
    int end = from + Redaction.REDACTED.length();
    return text.startsWith(Redaction.REDACTED, from) && TextValues.endsAfter(text, end);
  }

  /** Exceptions are named after tokens and credentials without holding any. */
  private static boolean isProse(String text, int from, String name) {
    if (name.endsWith("exception") || name.endsWith("error")) {
      return true;
    }
    if (name.endsWith(SIGNATURE)) {
      return !isEncoded(text, from);
    }
    if (!name.equals(TOKEN)) {
      return false;
    }
    int end = TextValues.endOfPlain(text, from);
    return TextValues.opens(text.charAt(from))
        || end - from < SHORTEST_TOKEN
        || Credentials.isLetters(text, from, end);
  }

  private static boolean isEncoded(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Alphabet.isBase64(text.charAt(end)) || text.charAt(end) == '=')) {
      end++;
    }
    return end - from >= SHORTEST_SIGNATURE && TextValues.endsAfter(text, end);
  }

  /** Such a value ends where its line does. */
  private static boolean isLine(String name) {
    return name.endsWith("authorization") || name.endsWith("cookie") || name.contains("passphrase");
  }
}
