package dev.engram.agent.core.workflow;

import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an engine was given or gave, as JSON, as far as it is text, a number, a time or the like, or
 * a collection of the JDK with such. Of anything else the type is told: its own text may do
 * anything. Bounded. Stateless; thread-safe.
 */
public final class PlainJson {
  private static final int MAX_ENTRIES = 256;

  /** Of collections in collections. */
  private static final int MAX_DEPTH = 8;

  /** About as many characters as a payload may have anyway. */
  private static final int MAX_LENGTH = 1 << 16;

  private PlainJson() {}

  /** An object with the entries in their order; what finds no room is left out. */
  public static String of(Map<?, ?> values) {
    StringBuilder json = new StringBuilder();
    object(values, json, 0);
    return json.toString();
  }

  /** An array with these elements. */
  public static String of(Object[] values) {
    StringBuilder json = new StringBuilder();
    array(Arrays.asList(values), json, 0);
    return json.toString();
  }

  /** One value. */
  public static String of(Object value) {
    StringBuilder json = new StringBuilder();
    value(value, json, 0);
    return json.toString();
  }

  private static void value(@Nullable Object value, StringBuilder json, int depth) {
    if (value == null || value instanceof Boolean || isNumber(value)) {
      json.append(value);
    } else if (value instanceof Map<?, ?> map && isReadable(value, depth)) {
      object(map, json, depth + 1);
    } else if (value instanceof Collection<?> elements && isReadable(value, depth)) {
      array(elements, json, depth + 1);
    } else {
      quote(plain(value), json);
    }
  }

  private static boolean isReadable(Object collection, int depth) {
    return depth < MAX_DEPTH && isOfTheJdk(collection);
  }

  private static void object(Map<?, ?> values, StringBuilder json, int depth) {
    int begin = json.append('{').length();
    int entries = 0;
    try {
      for (Map.Entry<?, ?> entry : values.entrySet()) {
        if (entries++ == MAX_ENTRIES || json.length() > MAX_LENGTH) {
          break;
        }
        json.append(json.length() == begin ? "" : ",");
        quote(plain(entry.getKey()), json);
        json.append(':');
        value(entry.getValue(), json, depth);
      }
    } catch (RuntimeException changedMeanwhile) {
      // Or a view of one that is the application's own. What was read so far is told.
    }
    json.append('}');
  }

  private static void array(Collection<?> values, StringBuilder json, int depth) {
    int begin = json.append('[').length();
    int elements = 0;
    try {
      for (Object element : values) {
        if (elements++ == MAX_ENTRIES || json.length() > MAX_LENGTH) {
          break;
        }
        json.append(json.length() == begin ? "" : ",");
        value(element, json, depth);
      }
    } catch (RuntimeException changedMeanwhile) {
      // As above.
    }
    json.append(']');
  }

  private static boolean isNumber(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }

  private static String plain(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String text) {
      return text;
    }
    boolean known =
        value instanceof Boolean
            || value instanceof Character
            || value instanceof UUID
            || (value instanceof Number || value instanceof Temporal || value instanceof Date)
                && isOfTheJdk(value);
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return known ? value.toString() : "[" + value.getClass().getName() + "]";
  }

  private static boolean isOfTheJdk(Object value) {
    return value.getClass().getModule() == Object.class.getModule();
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    int end = Math.min(text.length(), MAX_LENGTH);
    for (int i = 0; i < end; i++) {
      char next = text.charAt(i);
      if (next == '"' || next == '\\') {
        json.append('\\').append(next);
      } else if (next < ' ') {
        json.append('\\').append('u').append(String.format("%04x", (int) next));
      } else {
        json.append(next);
      }
    }
    json.append('"');
  }
}
