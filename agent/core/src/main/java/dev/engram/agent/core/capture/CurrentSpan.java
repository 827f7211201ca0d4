package dev.engram.agent.core.capture;

import org.jspecify.annotations.Nullable;

/** The spans each thread is in, innermost first. Thread-safe: a thread sees its own alone. */
final class CurrentSpan {
  /** Beyond this an instrumentation forgets to leave, and more would be a leak. */
  private static final int MAX_DEPTH = 512;

  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  private CurrentSpan() {}

  /** The innermost, whether entered here or handed over. */
  static @Nullable OpenSpan get() {
    Scope scope = CURRENT.get();
    return scope == null ? StartedThreads.spanOf(Thread.currentThread()) : scope.span;
  }

  /** The innermost if it was entered on this thread, and not handed over to it. */
  static @Nullable OpenSpan entered() {
    Scope scope = CURRENT.get();
    return scope == null || scope.handedOver ? null : scope.span;
  }

  static void enter(OpenSpan span) {
    enter(span, false);
  }

  /** For work that another thread began inside the span; matched by {@link #leave}. */
  static void enterHandedOver(OpenSpan span) {
    enter(span, true);
  }

  /** Also leaves whatever was entered inside the span and forgotten; nothing when it is not in. */
  static void leave(OpenSpan span) {
    Scope scope = CURRENT.get();
    while (scope != null && scope.span != span) {
      scope = scope.outer;
    }
    if (scope != null) {
      // Not removed where it was the outermost: the thread's next request would make a new entry.
      CURRENT.set(scope.outer);
    }
  }

  /** Leaves all. */
  static void clear() {
    if (CURRENT.get() != null) {
      CURRENT.remove();
    }
  }

  private static void enter(OpenSpan span, boolean handedOver) {
    Scope outer = CURRENT.get();
    int depth = outer == null ? 1 : outer.depth + 1;
    if (depth <= MAX_DEPTH) {
      CURRENT.set(new Scope(span, outer, depth, handedOver));
    }
  }

  private record Scope(OpenSpan span, @Nullable Scope outer, int depth, boolean handedOver) {}
}
