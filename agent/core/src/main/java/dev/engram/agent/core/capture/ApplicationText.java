package dev.engram.agent.core.capture;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks objects of the application, whose methods may throw, loop back into capture or return
 * nonsense. Thread-safe.
 */
final class ApplicationText {
  /** Set while this thread is inside application code on our behalf. */
  private static final ThreadLocal<Boolean> ASKING = new ThreadLocal<>();

  private ApplicationText() {}

  /**
   * Whether this thread is inside a call from here. What the application throws then is our doing,
   * and reading it could go on for ever.
   */
  static boolean isAsking() {
    return ASKING.get() != null;
  }

  static @Nullable String message(Throwable thrown) {
    return ask(thrown, Throwable::getMessage, failure -> unreadable(failure));
  }

  /** The cause, or null when there is none or it cannot be asked for. */
  static @Nullable Throwable cause(Throwable thrown) {
    return ask(thrown, Throwable::getCause, failure -> null);
  }

  /** The frames; one that says why when they cannot be asked for. */
  static StackTraceElement[] frames(Throwable thrown) {
    StackTraceElement[] frames =
        ask(thrown, Throwable::getStackTrace, failure -> unreadableFrames(failure));
    return frames != null ? frames : new StackTraceElement[0];
  }

  /** The text of a sequence that may change later. */
  static String text(CharSequence content) {
    String text = ask(content, CharSequence::toString, failure -> unreadable(failure));
    return text != null ? text : "";
  }

  static String unreadable(Throwable failure) {
    return "[unreadable: " + failure.getClass().getName() + "]";
  }

  private static StackTraceElement[] unreadableFrames(Throwable failure) {
    return new StackTraceElement[] {
      new StackTraceElement(unreadable(failure), "getStackTrace", null, -1)
    };
  }

  private static <T, R> @Nullable R ask(
      T asked, Function<T, @Nullable R> question, Function<Throwable, @Nullable R> instead) {
    boolean nested = isAsking();
    try {
      ASKING.set(Boolean.TRUE);
      return question.apply(asked);
    } catch (Throwable failure) {
      return instead.apply(failure);
    } finally {
      if (!nested) {
        ASKING.remove();
      }
    }
  }
}
