package dev.engram.agent.record.redaction;

/**
 * Replaces the content of elements and the values of attributes that go under a secret name in XML,
 * in one pass. Prefixes of names do not matter. What is cut off is hidden to its end. Thread-safe.
 */
final class XmlRedaction {
  private final SecretNames names;

  XmlRedaction(SecretNames names) {
    this.names = names;
  }

  /** The text, or what may be remembered of it; without a secret it stays the same object. */
  String redact(String xml) {
    RedactedText output = new RedactedText(xml);
    int at = xml.indexOf('<');
    while (at >= 0) {
      at = xml.indexOf('<', markup(xml, at, output));
    }
    return output.toString();
  }

  /** Passes one tag, comment or the like; returns where its end is, or that of a hidden element. */
  private int markup(String xml, int at, RedactedText output) {
    if (xml.startsWith("<!--", at)) {
      return after(xml, "-->", at);
    }
    if (xml.startsWith("<![CDATA[", at)) {
      return after(xml, "]]>", at);
    }
    if (xml.startsWith("</", at) || xml.startsWith("<?", at) || xml.startsWith("<!", at)) {
      return after(xml, ">", at);
    }
    int nameEnd = endOfName(xml, at + 1);
    int end = attributes(xml, nameEnd, output);
    boolean empty = xml.charAt(end - 1) == '>' && xml.charAt(end - 2) == '/';
    return empty || !isSecret(xml, at + 1, nameEnd)
        ? end
        : hidden(xml, at + 1, nameEnd, end, output);
  }

  /** Hides everything up to the element's closing tag. */
  private static int hidden(String xml, int name, int nameEnd, int from, RedactedText output) {
    int close = xml.indexOf("</" + xml.substring(name, nameEnd), from);
    int end = close < 0 ? xml.length() : close;
    output.hide(from, end);
    return end;
  }

  /** Passes the rest of an opening tag; returns where it ends. */
  private int attributes(String xml, int from, RedactedText output) {
    int at = from;
    while (at < xml.length() && xml.charAt(at) != '>') {
      int nameEnd = endOfName(xml, at);
      char c = nameEnd < xml.length() ? xml.charAt(nameEnd) : '>';
      if (nameEnd > at && c == '=') {
        at = value(xml, at, nameEnd, output);
      } else {
        at = Math.max(at + 1, nameEnd);
      }
    }
    return Math.min(xml.length(), at + 1);
  }

  private int value(String xml, int name, int nameEnd, RedactedText output) {
    int from = nameEnd + 1;
    char quote = from < xml.length() ? xml.charAt(from) : '>';
    if (quote != '"' && quote != '\'') {
      return from;
    }
    int close = xml.indexOf(quote, from + 1);
    int end = close < 0 ? xml.length() : close;
    if (isSecret(xml, name, nameEnd)) {
      output.hide(from + 1, end);
    }
    return Math.min(xml.length(), end + 1);
  }

  private boolean isSecret(String xml, int from, int end) {
    int colon = xml.lastIndexOf(':', end - 1);
    return names.contains(xml.substring(colon >= from ? colon + 1 : from, end));
  }

  private static int endOfName(String xml, int from) {
    int at = from;
    while (at < xml.length()
        && "=/>".indexOf(xml.charAt(at)) < 0
        && !Character.isWhitespace(xml.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int after(String xml, String mark, int from) {
    int at = xml.indexOf(mark, from);
    return at < 0 ? xml.length() : at + mark.length();
  }
}
