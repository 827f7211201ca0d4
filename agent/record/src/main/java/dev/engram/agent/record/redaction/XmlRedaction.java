package dev.engram.agent.record.redaction;

import java.util.Set;

/**
 * Replaces the content of elements and the values of attributes that go under a secret name in XML,
 * or beside which the name is said ({@link XmlPairs}), in one pass. Prefixes of names do not
 * matter. What is cut off is hidden to its end. Thread-safe.
 */
final class XmlRedaction {
  /** No honest name is longer; what is under one that is secret is hidden to the text's end. */
  static final int MAX_NAME = 256;

  static final String CDATA = "<![CDATA[";

  /** Elements of HTML that nobody closes. */
  private static final Set<String> EMPTY =
      Set.of(
          "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
          "track", "wbr");

  private final SecretNames names;
  private final SecretNames said;

  /**
   * @param said of those that are values themselves
   */
  XmlRedaction(SecretNames names, SecretNames said) {
    this.names = names;
    this.said = said;
  }

  /** The text, or what may be remembered of it; without a secret it stays the same object. */
  String redact(String xml) {
    HiddenRanges hidden = new HiddenRanges();
    XmlPairs pairs = new XmlPairs(said, hidden);
    int at = xml.indexOf('<');
    while (at >= 0) {
      at = xml.indexOf('<', markup(xml, at, pairs, hidden));
    }
    return hidden.in(xml, Redaction.REDACTED);
  }

  /** Passes one tag, comment or the like; returns where its end is, or that of a hidden element. */
  private int markup(String xml, int at, XmlPairs pairs, HiddenRanges hidden) {
    if (!isOpening(xml, at)) {
      if (xml.startsWith("</", at) && !EMPTY.contains(nameAt(xml, at + 2))) {
        pairs.closes(at);
      }
      return endOfOther(xml, at);
    }
    int nameEnd = endOfName(xml, at + 1);
    int end = attributes(xml, nameEnd, pairs, hidden);
    String name = localName(xml, at + 1, nameEnd);
    boolean named = pairs.endsNamed();
    boolean secret = names.contains(name);
    if (isEmpty(xml, end) || EMPTY.contains(name) && !secret) {
      return end;
    }
    secret |= pairs.opens(name, xml, end) || named;
    return secret ? hidden(xml, at + 1, nameEnd, end, hidden) : end;
  }

  private static String nameAt(String xml, int from) {
    return localName(xml, from, endOfName(xml, from));
  }

  private static boolean isOpening(String xml, int at) {
    return at + 1 == xml.length() || "/?!".indexOf(xml.charAt(at + 1)) < 0;
  }

  private static int endOfOther(String xml, int at) {
    String end = xml.startsWith("<!--", at) ? "-->" : ">";
    return after(xml, xml.startsWith(CDATA, at) ? "]]>" : end, at);
  }

  private static boolean isEmpty(String xml, int endOfTag) {
    return xml.charAt(endOfTag - 1) == '>' && xml.charAt(endOfTag - 2) == '/';
  }

  /** Hides everything up to the element's closing tag. */
  private static int hidden(String xml, int name, int nameEnd, int from, HiddenRanges hidden) {
    int end =
        nameEnd - name > MAX_NAME
            ? xml.length()
            : endOfContent(xml, xml.substring(name, nameEnd), from);
    hidden.add(from, end);
    return end;
  }

  /** Elements of the same name may be inside, and others whose names begin with it. */
  private static int endOfContent(String xml, String name, int from) {
    int depth = 1;
    int at = xml.indexOf('<', from);
    while (at >= 0) {
      boolean opening = isOpening(xml, at);
      int end = opening ? endOfTag(xml, at) : endOfOther(xml, at);
      if (opening && isNamed(xml, at + 1, name) && !isEmpty(xml, end)) {
        depth++;
      } else if (xml.startsWith("</", at) && isNamed(xml, at + 2, name) && --depth == 0) {
        return at;
      }
      at = xml.indexOf('<', end);
    }
    return xml.length();
  }

  private static boolean isNamed(String xml, int at, String name) {
    return xml.startsWith(name, at) && endOfName(xml, at + name.length()) == at + name.length();
  }

  /** Quotes of an attribute's value may hold what ends a tag. */
  private static int endOfTag(String xml, int from) {
    int at = from;
    while (at < xml.length() && xml.charAt(at) != '>') {
      boolean quoted = isQuote(xml, at) && xml.charAt(at - 1) == '=';
      int close = quoted ? xml.indexOf(xml.charAt(at), at + 1) : at;
      at = close < 0 ? xml.length() : close + 1;
    }
    return Math.min(xml.length(), at + 1);
  }

  /** Passes the rest of an opening tag; returns where it ends. */
  private int attributes(String xml, int from, XmlPairs pairs, HiddenRanges hidden) {
    int at = from;
    while (at < xml.length() && xml.charAt(at) != '>') {
      int nameEnd = endOfName(xml, at);
      char c = nameEnd < xml.length() ? xml.charAt(nameEnd) : '>';
      if (nameEnd > at && c == '=') {
        at = value(xml, at, nameEnd, pairs, hidden);
      } else {
        at = Math.max(at + 1, nameEnd);
      }
    }
    return Math.min(xml.length(), at + 1);
  }

  private int value(String xml, int name, int nameEnd, XmlPairs pairs, HiddenRanges hidden) {
    int from = nameEnd + 1;
    if (!isQuote(xml, from)) {
      return from;
    }
    int close = xml.indexOf(xml.charAt(from), from + 1);
    int end = close < 0 ? xml.length() : close;
    String attribute = localName(xml, name, nameEnd);
    if (names.contains(attribute)) {
      hidden.add(Math.min(from + 1, end), end);
    } else {
      pairs.attribute(attribute, xml, Math.min(from + 1, end), end);
    }
    return Math.min(xml.length(), end + 1);
  }

  private static boolean isQuote(String xml, int at) {
    return at < xml.length() && (xml.charAt(at) == '"' || xml.charAt(at) == '\'');
  }

  /** Without its prefix. What is no part of the name is not looked at: there may be much before. */
  private static String localName(String xml, int from, int end) {
    String name = xml.substring(from, end);
    return name.substring(name.lastIndexOf(':') + 1);
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
