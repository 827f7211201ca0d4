package dev.engram.agent.core.ai;

import dev.engram.agent.record.Utf8;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON of which the beginning is kept, and the rest only counted: a prompt may be larger than what
 * is remembered of it. Confined to one thread at a time.
 */
final class BoundedJson {
  private static final int MAX_DEPTH = 32;

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

  /** Of maps, lists, texts, numbers and flags; of anything else the class. */
  BoundedJson value(@Nullable Object value) {
    return value(value, 0);
  }

  private BoundedJson value(@Nullable Object value, int depth) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return raw(String.valueOf(value));
    }
    if (depth < MAX_DEPTH && value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        raw(separator).quoted(plain(entry.getKey())).raw(":").value(entry.getValue(), depth + 1);
        separator = ",";
      }
      return raw(map.isEmpty() ? "{}" : "}");
    }
    if (depth < MAX_DEPTH && value instanceof Collection<?> list) {
      String separator = "[";
      for (Object element : list) {
        raw(separator).value(element, depth + 1);
        separator = ",";
      }
      return raw(list.isEmpty() ? "[]" : "]");
    }
    return quoted(plain(value));
  }

  private static String plain(@Nullable Object value) {
    return value instanceof String text
        ? text
        : value instanceof Enum<?> constant ? constant.name() : String.valueOf(typeOf(value));
  }

  private static @Nullable String typeOf(@Nullable Object value) {
    return value == null ? null : value.getClass().getName();
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
