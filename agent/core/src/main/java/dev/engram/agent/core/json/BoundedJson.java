package dev.engram.agent.core.json;

import dev.engram.agent.record.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * JSON of which the beginning is kept, and the rest only counted: a prompt or a state may be larger
 * than what is remembered of it. Confined to one thread at a time.
 */
public final class BoundedJson {
  private static final int MAX_DEPTH = 32;

  /** Characters beyond the limit that are counted: a collection may be very large, or endless. */
  private static final int MAX_COUNTED = 1 << 20;

  /** Entries of a map that are brought into order. */
  private static final int MAX_SORTED = 1_000;

  /** A number of more bits takes more than microseconds to write. */
  private static final int LONGEST_NUMBER = 4096;

  /** Whose collections read nothing but themselves; so do the JDK's. */
  private static final String GUAVA = "com.google.common.collect.";

  private final int limit;
  private final StringBuilder kept = new StringBuilder();
  private long left;

  /**
   * @param limit characters to keep
   */
  public BoundedJson(int limit) {
    this.limit = limit;
  }

  /** What is JSON already. */
  public BoundedJson raw(String json) {
    int room = Math.max(0, Math.min(json.length(), limit - kept.length()));
    kept.append(json, 0, room);
    left += json.length() - room;
    return this;
  }

  /** There were so many bytes more than it was given. */
  public void missed(long bytes) {
    left += bytes;
  }

  /** A text, in quotes. */
  public BoundedJson quoted(String text) {
    raw("\"");
    int at = 0;
    while (at < text.length() && kept.length() < limit) {
      escaped(text, at++);
    }
    left += text.length() - at;
    return raw("\"");
  }

  /** A name and the text that goes under it. */
  public BoundedJson field(String name, String text) {
    return quoted(name).raw(":").quoted(text);
  }

  /** A name and a {@link #value}; a text that is JSON itself is that value. */
  public BoundedJson json(String name, Object value) {
    quoted(name).raw(":");
    boolean isJson =
        value instanceof String text && text.length() <= limit && JsonSyntax.isValue(text);
    return isJson ? raw((String) value) : value(value);
  }

  /**
   * What it is as far as it is text, a number, a time or the like, or an array or collection of the
   * JDK or Guava with such. Of anything else the class in brackets: its own text may do anything,
   * and nobody else asks for it here.
   */
  public BoundedJson value(@Nullable Object value) {
    return value(value, 0);
  }

  /**
   * As {@link #value}; of a map the entries by their keys, where those are texts, so that like maps
   * are written alike, whatever made them.
   *
   * @param without the key of an entry that is left out; empty for none
   */
  public BoundedJson sorted(Object value, String without) {
    return value(value instanceof Map<?, ?> map && isReadable(map) ? sorted(map, without) : value);
  }

  /** The map as it is when it is too large, has other keys, or is changed meanwhile. */
  private static Map<?, ?> sorted(Map<?, ?> map, String without) {
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    try {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof String key) || sorted.size() == MAX_SORTED) {
          return map;
        }
        sorted.put(key, entry.getValue());
      }
    } catch (RuntimeException changedMeanwhile) {
      return map;
    }
    if (!without.isEmpty()) {
      sorted.remove(without);
    }
    return sorted;
  }

  private BoundedJson value(@Nullable Object value, int depth) {
    if (value == null || value instanceof Boolean || isNumber(value)) {
      return raw(String.valueOf(value));
    }
    if (depth < MAX_DEPTH && value instanceof Map<?, ?> map && isReadable(value)) {
      return members(map, depth + 1);
    }
    if (depth < MAX_DEPTH && value instanceof Collection<?> list && isReadable(value)) {
      return elements(list, depth + 1);
    }
    if (depth < MAX_DEPTH && value instanceof Object[] array) {
      return elements(Arrays.asList(array), depth + 1);
    }
    return quoted(plain(value));
  }

  private BoundedJson members(Map<?, ?> map, int depth) {
    String separator = "{";
    try {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (isFull()) {
          break;
        }
        raw(separator).quoted(plain(entry.getKey())).raw(":").value(entry.getValue(), depth);
        separator = ",";
      }
    } catch (RuntimeException changedMeanwhile) {
      // Or a view of one that is the application's own. What was read so far is told.
    }
    return raw(separator.equals("{") ? "{}" : "}");
  }

  private BoundedJson elements(Collection<?> list, int depth) {
    String separator = "[";
    try {
      for (Object element : list) {
        if (isFull()) {
          break;
        }
        raw(separator).value(element, depth);
        separator = ",";
      }
    } catch (RuntimeException changedMeanwhile) {
      // As above.
    }
    return raw(separator.equals("[") ? "[]" : "]");
  }

  private boolean isFull() {
    return left > MAX_COUNTED;
  }

  private static boolean isReadable(Object collection) {
    return isOfTheJdk(collection) || collection.getClass().getName().startsWith(GUAVA);
  }

  private static boolean isOfTheJdk(Object value) {
    return value.getClass().getModule() == Object.class.getModule();
  }

  /** As JSON has it, which knows no infinity. */
  private static boolean isNumber(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value.getClass() == BigDecimal.class && !isHuge(value)
        || value instanceof Double number && Double.isFinite(number)
        || value instanceof Float fraction && Float.isFinite(fraction);
  }

  /** Whether it is a number of the JDK whose text nobody should wait for. */
  public static boolean isHuge(Object value) {
    if (value.getClass() == BigDecimal.class) {
      return ((BigDecimal) value).unscaledValue().bitLength() > LONGEST_NUMBER;
    }
    return value.getClass() == BigInteger.class
        && ((BigInteger) value).bitLength() > LONGEST_NUMBER;
  }

  private static String plain(@Nullable Object value) {
    if (value == null || value instanceof String) {
      return String.valueOf(value);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    boolean hasText =
        value instanceof Boolean
            || value instanceof Character
            || value instanceof UUID
            || value instanceof Number
            || value instanceof Temporal
            || value instanceof Date;
    boolean isText = hasText && isOfTheJdk(value) && !isHuge(value);
    return isText ? value.toString() : "[" + value.getClass().getName() + "]";
  }

  /** Whether it was given more than it keeps. */
  public boolean isCut() {
    return left > 0;
  }

  /** Bytes of the whole, about, as far as it was read, when only its beginning was kept; else 0. */
  public long wholeSize() {
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
