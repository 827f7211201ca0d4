package dev.engram.agent.core.capture;

import dev.engram.agent.record.Category;
import dev.engram.agent.record.ExceptionOrigin;
import dev.engram.agent.record.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * The entry of instrumentations into capture. Static because advice is; does nothing until the
 * agent has started. Thread-safe.
 */
public final class Tracing {
  private Tracing() {}

  /**
   * Opens a span below the current one, or null when capture is off. The caller fills it, makes it
   * current and ends it.
   */
  public static @Nullable OpenSpan open(SpanKind kind, Category category, String name) {
    throw new AssertionError("to be written");
  }

  /** The current span of this thread, or null. */
  public static @Nullable OpenSpan current() {
    throw new AssertionError("to be written");
  }

  /**
   * Remembers an exception, once however many layers report it (the same object, or one whose cause
   * was remembered).
   *
   * @param site {@code class#method} where it was seen, or null
   */
  public static void exception(Throwable thrown, ExceptionOrigin origin, @Nullable String site) {
    throw new AssertionError("to be written");
  }
}
