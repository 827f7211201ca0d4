package dev.engram.agent.core.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text (RFC 8259) into maps, lists, strings, numbers and flags. What is no JSON
 * gives null and no exception: answers of models often are none. Used once for each text, by one
 * thread.
 */
final class AnswerJson {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;
  private boolean broken;

  private AnswerJson(String text) {
    this.text = text;
  }

  static @Nullable Object read(String text) {
    AnswerJson json = new AnswerJson(text);
    Object value = json.value(0);
    json.skipBlanks();
    return json.broken || json.at < text.length() ? null : value;
  }

  private @Nullable Object value(int depth) {
    skipBlanks();
    if (depth > MAX_DEPTH) {
      return fail();
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    while (!broken && !isEnd('}', members.isEmpty())) {
      skipBlanks();
      String name = peek() == '"' ? string() : (String) fail();
      skipBlanks();
      if (name == null || peek() != ':') {
        fail();
        return members;
      }
      at++;
      members.put(name, value(depth + 1));
    }
    return members;
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    at++;
    while (!broken && !isEnd(']', elements.isEmpty())) {
      elements.add(value(depth + 1));
    }
    return elements;
  }

  /** Takes the closing bracket, or the comma before the next element. */
  private boolean isEnd(char bracket, boolean first) {
    skipBlanks();
    if (peek() == bracket) {
      at++;
      return true;
    }
    if (!first) {
      if (peek() != ',') {
        fail();
        return true;
      }
      at++;
    }
    return false;
  }

  private @Nullable String string() {
    StringBuilder read = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return read.toString();
      }
      if (c != '\\') {
        read.append(c);
      } else if (!escape(read)) {
        break;
      }
    }
    return (String) fail();
  }

  /** Leaves the position at the last character of the escape. */
  private boolean escape(StringBuilder read) {
    at++;
    switch (peek()) {
      case 'n' -> read.append('\n');
      case 't' -> read.append('\t');
      case 'r' -> read.append('\r');
      case 'b' -> read.append('\b');
      case 'f' -> read.append('\f');
      case '"', '\\', '/' -> read.append(peek());
      case 'u' -> {
        return unicode(read);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean unicode(StringBuilder read) {
    int code = 0;
    for (int i = 1; i <= 4; i++) {
      int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
      if (digit < 0) {
        return false;
      }
      code = code << 4 | digit;
    }
    read.append((char) code);
    at += 4;
    return true;
  }

  private @Nullable Object number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    double number = from == at ? Double.NaN : Parts.number(text.substring(from, at));
    if (Double.isNaN(number)) {
      return fail();
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
    return whole ? (Object) (long) number : (Object) number;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      return fail();
    }
    at += word.length();
    return value;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** 0 beyond the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private @Nullable Object fail() {
    broken = true;
    at = text.length();
    return null;
  }
}
