package dev.engram.agent.instrumentation.langchain4j;

import org.jspecify.annotations.Nullable;

/**
 * Asks objects of the framework for what only some of them, or only later versions have. What an
 * application's own class would answer is not asked for. Stateless; never throws.
 */
final class Later {
  private static final String FRAMEWORK = "dev.langchain4j.";

  private Later() {}

  /** What the public method without parameters gives; null when there is none, or it throws. */
  static @Nullable Object get(@Nullable Object object, String method) {
    if (object == null || !object.getClass().getName().startsWith(FRAMEWORK)) {
      return null;
    }
    try {
      return object.getClass().getMethod(method).invoke(object);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError none) {
      return null;
    }
  }

  static @Nullable String text(@Nullable Object object, String method) {
    return get(object, method) instanceof String text ? text : null;
  }

  static @Nullable Number number(@Nullable Object object, String method) {
    return get(object, method) instanceof Number number ? number : null;
  }
}
