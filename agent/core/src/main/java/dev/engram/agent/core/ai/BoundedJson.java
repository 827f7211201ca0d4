package dev.engram.agent.core.ai;

import dev.engram.agent.record.Utf8;

/**
 * JSON of which the beginning is kept, and the rest only counted: a prompt may be larger than what
 * is remembered of it. Confined to one thread at a time.
 */
final class BoundedJson {
  private final int limit;
  private final StringBuilder kept = new StringBuilder();
  private long left;

  /**
   * @param limit characters to keep
   */
  BoundedJson(int limit) {
    this.limit = limit;
  }

  /** What is JSON already. */
  BoundedJson raw(String json) {
    int room = Math.max(0, Math.min(json.length(), limit - kept.length()));
    kept.append(json, 0, room);
    left += json.length() - room;
    return this;
  }

  /** A text, in quotes. */
  BoundedJson quoted(String text) {
    raw("\"");
    int at = 0;
    while (at < text.length() && kept.length() < limit) {
      escaped(text, at++);
    }
    left += text.length() - at;
    return raw("\"");
  }

  /** A name and the text that goes under it. */
  BoundedJson field(String name, String text) {
    return quoted(name).raw(":").quoted(text);
  }

  /** The same with a value that is JSON itself, or else goes as a text. */
  BoundedJson json(String name, String value) {
    quoted(name).raw(":");
    boolean valid = value.length() <= limit && JsonSyntax.isValue(value);
    return valid ? raw(value) : quoted(value);
  }

  /** Bytes of the whole, about, when only its beginning was kept; else 0. */
  long wholeSize() {
    return left == 0 ? 0 : Utf8.length(kept.toString()) + left;
  }

  @Override
  public String toString() {
    return kept.toString();
  }

  private void escaped(String text, int at) {
    char c = text.charAt(at);
    switch (c) {
      case '"', '\\' -> kept.append('\\').append(c);
      case '\n' -> kept.append("\\n");
      case '\r' -> kept.append("\\r");
      case '\t' -> kept.append("\\t");
      default -> {
        if (c < ' ' || isLone(text, at)) {
          kept.append("\\u").append(Integer.toHexString(c | 0x10000), 1, 5);
        } else {
          kept.append(c);
        }
      }
    }
  }

  /** Half of a pair, which UTF-8 cannot carry. */
  private static boolean isLone(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
