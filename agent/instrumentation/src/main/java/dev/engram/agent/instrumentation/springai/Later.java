package dev.engram.agent.instrumentation.springai;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks objects of Spring AI and of the clients below it for what only some of them, or only later
 * versions have. What an application's own class would answer is not asked for. Stateless; never
 * throws.
 */
final class Later {
  private static final String[] KNOWN = {
    "org.springframework.ai.", "com.openai.", "com.anthropic.",
  };

  private Later() {}

  /** What the public method without parameters gives; null when there is none, or it throws. */
  static @Nullable Object get(@Nullable Object object, String method) {
    if (object == null || !isKnown(object.getClass().getName())) {
      return null;
    }
    try {
      Object got = object.getClass().getMethod(method).invoke(object);
      return got instanceof Optional<?> optional ? optional.orElse(null) : got;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError none) {
      return null;
    }
  }

  static @Nullable Number number(@Nullable Object object, String method) {
    return get(object, method) instanceof Number number ? number : null;
  }

  private static boolean isKnown(String name) {
    for (String prefix : KNOWN) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
