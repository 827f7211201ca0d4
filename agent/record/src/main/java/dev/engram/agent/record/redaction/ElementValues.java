package dev.engram.agent.record.redaction;

/**
 * What elements under a secret name hold in text of any kind: {@code <password>...</password>} in a
 * message. Elements in it are looked at by themselves, and what is not closed is no element:
 * messages quote generic types too. Thread-safe.
 */
final class ElementValues {
  private static final String CDATA_END = "]]>";

  private final SecretNames names;

  ElementValues(SecretNames names) {
    this.names = names;
  }

  /** Hides what is in the element whose tag begins at {@code tag}, if its name asks. */
  void hide(String text, int tag, RedactedText output) {
    int first = TextNames.end(text, tag + 1);
    boolean prefixed = text.startsWith(":", first);
    int name = prefixed ? first + 1 : tag + 1;
    int end = prefixed ? TextNames.end(text, name) : first;
    if (names.mayContain(text, name, end) && names.contains(text.substring(name, end))) {
      hideContent(text, text.substring(tag + 1, end), behindTag(text, end), output);
    }
  }

  private static void hideContent(String text, String element, int from, RedactedText output) {
    if (text.startsWith(XmlRedaction.CDATA, from)) {
      int begin = from + XmlRedaction.CDATA.length();
      NamedValues.hideIfAny(text, begin, endOrLast(text, CDATA_END, begin), output);
      return;
    }
    int end = endOrLast(text, "<", from);
    if (text.startsWith("</", end) && text.startsWith(element, end + 2)) {
      NamedValues.hideIfAny(text, from, end, output);
    }
  }

  /** The text's end where it is no tag, or that of an empty element. */
  private static int behindTag(String text, int nameEnd) {
    int at = nameEnd;
    while (at < text.length() && "<>".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    boolean opens = text.startsWith(">", at) && text.charAt(at - 1) != '/';
    return opens ? at + 1 : text.length();
  }

  private static int endOrLast(String text, String mark, int from) {
    int at = text.indexOf(mark, from);
    return at < 0 ? text.length() : at;
  }
}
