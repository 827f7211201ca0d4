package dev.engram.agent.core.decision;

import java.time.temporal.Temporal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values whose text is had without running code of the application. */
public final class PlainText {
  private static final int LONGEST = 256;

  private PlainText() {}

  /** Null for any other value, and for long text. */
  public static @Nullable String of(@Nullable Object value) {
    if (value instanceof String text) {
      return text.length() <= LONGEST ? text : null;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    boolean ofTheJdk = value != null && value.getClass().getClassLoader() == null;
    boolean plain =
        value instanceof Number
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof Temporal
            || value instanceof UUID;
    return ofTheJdk && plain ? String.valueOf(value) : null;
  }
}
