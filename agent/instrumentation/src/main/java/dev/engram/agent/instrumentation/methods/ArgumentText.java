package dev.engram.agent.instrumentation.methods;

import dev.engram.agent.core.json.BoundedJson;
import java.time.temporal.Temporal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as text without running code of the application: plain values as they are, of all else
 * the class. So it is of text that is long, and of text whose parameter has no name by which it
 * could be redacted.
 */
final class ArgumentText {
  /** Longer text would have to be kept, or cut before it is redacted. */
  private static final int LONGEST = 4096;

  private ArgumentText() {}

  /**
   * @param named whether the parameter's own name is known
   */
  static String of(@Nullable Object value, boolean named) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String text && named && text.length() <= LONGEST) {
      return text;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return isPlain(value) ? value.toString() : value.getClass().getName();
  }

  /** Whose toString is the JDK's own, and soon done. */
  private static boolean isPlain(Object value) {
    boolean ofTheJdk = value.getClass().getClassLoader() == null;
    return ofTheJdk
        && !BoundedJson.isHuge(value)
        && (value instanceof Number
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof Temporal
            || value instanceof UUID);
  }
}
