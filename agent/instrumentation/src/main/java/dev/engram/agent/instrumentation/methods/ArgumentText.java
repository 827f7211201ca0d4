package dev.engram.agent.instrumentation.methods;

import java.time.temporal.Temporal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as text without running code of the application: plain values as they are, of all else
 * the class.
 */
final class ArgumentText {
  /** More is cut later, but need not be copied first. */
  private static final int LONGEST = 4096;

  private ArgumentText() {}

  static String of(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String text) {
      return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return isPlain(value) ? value.toString() : value.getClass().getName();
  }

  /** Whose toString is the JDK's own. */
  private static boolean isPlain(Object value) {
    boolean ofTheJdk = value.getClass().getClassLoader() == null;
    return ofTheJdk
        && (value instanceof Number
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof Temporal
            || value instanceof UUID);
  }
}
