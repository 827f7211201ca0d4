package dev.engram.agent.record.redaction;

/**
 * What JSON, XML and URLs write in place of plain characters: serializers that are careful of HTML
 * write {@code \}{@code u003d} for an equals sign, others {@code \/} for a slash, URLs {@code %3D},
 * XML the references of {@link XmlReferences}. A secret, its name or the sign between them may hide
 * there. UTF-16 that was taken for ASCII has a zero beside each. One pass, one level; characters
 * beyond ASCII count in JSON and XML alone. Stateless.
 */
final class Escapes {
  private static final int HEX = 16;
  private static final int LAST_CONTROL = 0x9f;

  /** Of parameters and the like, as most are. */
  private static final int LONGEST_NAME = 32;

  private Escapes() {}

  /** The text with plain characters in place of what stands for them. */
  static String plain(String text) {
    return mayHide(text) ? unescaped(text) : text;
  }

  /** One look at each character of a name takes less than four searches, but not of a long text. */
  private static boolean mayHide(String text) {
    if (text.length() > LONGEST_NAME) {
      return text.indexOf('%') >= 0
          || text.indexOf('\\') >= 0
          || text.indexOf(0) >= 0
          || XmlReferences.mayHide(text);
    }
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '%', '\\', 0, '&' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      at =
          switch (text.charAt(at)) {
            case '%' -> percent(text, at, plain);
            case '\\' -> backslashes(text, at, plain);
            case '&' -> reference(text, at, plain);
            case 0 -> at + 1;
            default -> character(text, at, plain);
          };
    }
    return plain.toString();
  }

  private static int character(String text, int at, StringBuilder plain) {
    plain.append(text.charAt(at));
    return at + 1;
  }

  private static int percent(String text, int at, StringBuilder plain) {
    int code = hex(text, at + 1, 2);
    if (!isPrintable(code)) {
      return character(text, at, plain);
    }
    plain.append((char) code);
    return at + 3;
  }

  private static int reference(String text, int at, StringBuilder plain) {
    int end = XmlReferences.end(text, at);
    int code = end < 0 ? -1 : XmlReferences.character(text, at, end);
    if (!isPrintable(code) && code <= LAST_CONTROL) {
      return character(text, at, plain);
    }
    plain.appendCodePoint(code);
    return end;
  }

  /** As many as there are: in JSON inside a string of JSON each is escaped itself. */
  private static int backslashes(String text, int from, StringBuilder plain) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    if (text.startsWith("/", at)) {
      return at;
    }
    int code = text.startsWith("u", at) ? hex(text, at + 1, 4) : -1;
    if (!isPrintable(code) && code <= LAST_CONTROL) {
      plain.append(text, from, at);
      return at;
    }
    // What would end a string, or begin an escape, does so as little as before.
    if (code == '"' || code == '\\') {
      plain.append("\\".repeat(2 * (at - from) - 1));
    }
    plain.append((char) code);
    return at + 5;
  }

  private static boolean isPrintable(int code) {
    return code >= ' ' && code < 0x7f;
  }

  /** The value of so many digits, or -1. */
  private static int hex(String text, int from, int digits) {
    if (from + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(text.charAt(i), HEX);
      if (digit < 0) {
        return -1;
      }
      value = value * HEX + digit;
    }
    return value;
  }
}
