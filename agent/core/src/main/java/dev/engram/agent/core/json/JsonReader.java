package dev.engram.agent.core.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as far as it goes: a body may be cut where it was no longer kept, or may be no JSON at
 * all. Confined to one thread.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 64;

  /** Many numbers in a row are a vector, which nobody asks for. */
  private static final int MAX_NUMBERS = 64;

  private static final String NUMBER = "+-.0123456789eE";
  private static final String LARGEST = Long.toString(Long.MAX_VALUE);
  private static final String LEAST = Long.toString(Long.MIN_VALUE);

  private final String text;
  private int at;
  private boolean broken;

  JsonReader(String text) {
    this.text = text;
  }

  Json document() {
    Json value = value(0);
    blanks();
    return at == text.length() ? value : value.broken();
  }

  private Json value(int depth) {
    blanks();
    if (at >= text.length() || depth > MAX_DEPTH) {
      broken = true;
      return Json.MISSING;
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Json object(int depth) {
    int begin = at++;
    Map<String, Json> members = new LinkedHashMap<>();
    while (!closed('}', members.isEmpty())) {
      blanks();
      String name = is('"') ? string().text() : null;
      blanks();
      if (name == null || broken || !is(':')) {
        broken = true;
        break;
      }
      at++;
      members.put(name, value(depth + 1));
    }
    return new Json(members, text, begin, at, !broken);
  }

  private Json array(int depth) {
    int begin = at++;
    List<Json> elements = new ArrayList<>();
    while (!closed(']', elements.isEmpty())) {
      if (elements.size() < MAX_NUMBERS || !passNumber()) {
        Json element = value(depth + 1);
        if (element != Json.MISSING) {
          elements.add(element);
        }
      }
    }
    return new Json(elements, text, begin, at, !broken);
  }

  /** Passes what closes, or what separates from the next; true when there is no next. */
  private boolean closed(char close, boolean first) {
    if (broken) {
      return true;
    }
    blanks();
    if (is(close)) {
      at++;
      return true;
    }
    if (first) {
      return false;
    }
    broken = !is(',');
    at += broken ? 0 : 1;
    return broken;
  }

  private Json string() {
    int begin = at++;
    StringBuilder chars = new StringBuilder();
    int from = at;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at++) == '\\') {
        chars.append(text, from, at - 1).append(escaped());
        from = at;
      }
    }
    chars.append(text, from, at);
    broken = broken || at >= text.length();
    at = Math.min(at + 1, text.length());
    return new Json(chars.toString(), text, begin, at, !broken);
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unit();
      default -> c;
    };
  }

  private char unit() {
    int end = at + 4;
    int unit = 0;
    while (at < end && at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
      unit = unit * 16 + Character.digit(text.charAt(at++), 16);
    }
    broken = broken || at < end;
    return (char) unit;
  }

  private Json word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      broken = true;
      return Json.MISSING;
    }
    at += word.length();
    return new Json(value, text, at - word.length(), at, true);
  }

  private Json number() {
    int begin = at;
    passNumber();
    String digits = text.substring(begin, at);
    try {
      return new Json(number(digits), text, begin, at, true);
    } catch (NumberFormatException nonsense) {
      broken = true;
      return Json.MISSING;
    }
  }

  /** A whole one beyond 63 bits loses its last digits, but not what is around it. */
  private static Object number(String digits) {
    boolean whole = digits.chars().noneMatch(it -> it == '.' || it == 'e' || it == 'E');
    return whole && isOf63Bits(digits) ? (Object) Long.valueOf(digits) : Double.valueOf(digits);
  }

  /** Looked at before: an exception for each that is not would cost more than all of the text. */
  private static boolean isOf63Bits(String digits) {
    String most = digits.startsWith("-") ? LEAST : LARGEST;
    int length = digits.length();
    return length < most.length() || length == most.length() && digits.compareTo(most) <= 0;
  }

  /** Whether there was one. */
  private boolean passNumber() {
    blanks();
    int begin = at;
    while (at < text.length() && NUMBER.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at > begin;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean is(char c) {
    return at < text.length() && text.charAt(at) == c;
  }
}
