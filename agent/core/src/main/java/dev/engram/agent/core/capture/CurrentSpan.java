package dev.engram.agent.core.capture;

import org.jspecify.annotations.Nullable;

/** The spans each thread is in, innermost first. Thread-safe: a thread sees its own alone. */
final class CurrentSpan {
  /** Beyond this an instrumentation forgets to leave, and more would be a leak. */
  private static final int MAX_DEPTH = 512;

  private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

  private CurrentSpan() {}

  static @Nullable OpenSpan get() {
    Scope scope = CURRENT.get();
    return scope == null ? null : scope.span;
  }

  static void enter(OpenSpan span) {
    Scope outer = CURRENT.get();
    int depth = outer == null ? 1 : outer.depth + 1;
    if (depth <= MAX_DEPTH) {
      CURRENT.set(new Scope(span, outer, depth));
    }
  }

  /** Also leaves whatever was entered inside the span and forgotten; nothing when it is not in. */
  static void leave(OpenSpan span) {
    Scope scope = CURRENT.get();
    while (scope != null && scope.span != span) {
      scope = scope.outer;
    }
    if (scope != null && scope.outer == null) {
      CURRENT.remove();
    } else if (scope != null) {
      CURRENT.set(scope.outer);
    }
  }

  private record Scope(OpenSpan span, @Nullable Scope outer, int depth) {}
}
