package dev.engram.agent.core.capture;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the application as text, where somebody asked for it by an annotation. Their {@code
 * toString} may throw, call what is instrumented, or return nonsense; it runs on the thread of the
 * application, and nothing that it does is remembered. Thread-safe; never throws.
 */
public final class ApplicationText {
  /** Set while this thread is inside application code on our behalf. */
  private static final ThreadLocal<Boolean> ASKING = new ThreadLocal<>();

  private ApplicationText() {}

  /** Whether this thread is inside a call from here: what happens then is our doing. */
  static boolean isAsking() {
    return ASKING.get() != null;
  }

  /** What the application answers to a question that it wants to be asked; null where it fails. */
  public static <T> @Nullable T asked(Supplier<? extends @Nullable T> question) {
    boolean nested = isAsking();
    try {
      ASKING.set(Boolean.TRUE);
      return question.get();
    } catch (Throwable failure) {
      return null;
    } finally {
      if (!nested) {
        ASKING.remove();
      }
    }
  }

  /** The elements of an array, the text of everything else. */
  public static String of(@Nullable Object value) {
    if (value == null || value instanceof String) {
      return value == null ? "null" : (String) value;
    }
    boolean nested = isAsking();
    try {
      ASKING.set(Boolean.TRUE);
      String text = value instanceof Object[] array ? Arrays.deepToString(array) : value.toString();
      return text == null ? "null" : text;
    } catch (Throwable failure) {
      return "[unreadable: " + failure.getClass().getName() + "]";
    } finally {
      if (!nested) {
        ASKING.remove();
      }
    }
  }
}
