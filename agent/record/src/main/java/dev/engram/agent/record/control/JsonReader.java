package dev.engram.agent.record.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one JSON text (RFC 8259) into maps, lists, strings, numbers and flags. A JSON library would
 * cost the service its class loading. Strict: no comment, no trailing comma, no name twice, no
 * null. Used once for each text, by one thread.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 8;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,17})(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * A map, list, string, {@link Long}, {@link Double} or {@link Boolean}.
   *
   * @throws MalformedControlFileException where it is no such text
   */
  static Object read(String text) throws MalformedControlFileException {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    reader.skipBlanks();
    if (reader.at < text.length()) {
      throw reader.unexpected();
    }
    return value;
  }

  private Object value(int depth) throws MalformedControlFileException {
    skipBlanks();
    if (depth > MAX_DEPTH) {
      throw new MalformedControlFileException("is nested too deeply");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) throws MalformedControlFileException {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    while (!isEnd('}', members.isEmpty())) {
      skipBlanks();
      String name = string();
      skipBlanks();
      expect(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw new MalformedControlFileException("has " + name + " twice");
      }
    }
    return members;
  }

  private List<Object> list(int depth) throws MalformedControlFileException {
    List<Object> elements = new ArrayList<>();
    expect('[');
    while (!isEnd(']', elements.isEmpty())) {
      elements.add(value(depth + 1));
    }
    return elements;
  }

  /** Whether the bracket closes here; otherwise the comma is read, but before the first element. */
  private boolean isEnd(char bracket, boolean first) throws MalformedControlFileException {
    skipBlanks();
    if (peek() == bracket) {
      at++;
      return true;
    }
    if (!first) {
      expect(',');
    }
    return false;
  }

  private String string() throws MalformedControlFileException {
    expect('"');
    StringBuilder string = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < 0x20) {
        throw new MalformedControlFileException("has a control character in a text");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() throws MalformedControlFileException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw unexpected();
    };
  }

  private char hexadecimal() throws MalformedControlFileException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw unexpected();
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private boolean word(String word, boolean value) throws MalformedControlFileException {
    if (!text.startsWith(word, at)) {
      throw unexpected();
    }
    at += word.length();
    return value;
  }

  /** One of more than 18 digits is refused. */
  private Object number() throws MalformedControlFileException {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw unexpected();
    }
    at = number.end();
    return number.group(1) == null && number.group(2) == null
        ? (Object) Long.valueOf(number.group())
        : Double.valueOf(number.group());
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char wanted) throws MalformedControlFileException {
    if (peek() != wanted) {
      throw unexpected();
    }
    at++;
  }

  private char next() throws MalformedControlFileException {
    char c = peek();
    at++;
    return c;
  }

  private char peek() throws MalformedControlFileException {
    if (at >= text.length()) {
      throw new MalformedControlFileException("ends too early");
    }
    return text.charAt(at);
  }

  private MalformedControlFileException unexpected() {
    return new MalformedControlFileException("is no JSON at character " + at);
  }
}
