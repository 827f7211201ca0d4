package dev.engram.agent.instrumentation.langgraph4j;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Fields of the engine's own objects, by name. Thread-safe. */
final class Fields {
  /** The table goes with its class. */
  private static final ClassValue<Map<String, Optional<Field>>> BY_NAME =
      new ClassValue<>() {
        @Override
        protected Map<String, Optional<Field>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private Fields() {}

  /** What the first of these fields holds that there is; null when there is none. */
  static @Nullable Object get(@Nullable Object target, String... names) {
    if (target == null) {
      return null;
    }
    Class<?> type = target.getClass();
    Map<String, Optional<Field>> known = BY_NAME.get(type);
    for (String name : names) {
      Optional<Field> field = known.computeIfAbsent(name, absent -> find(type, absent));
      if (field.isPresent()) {
        return value(field.get(), target);
      }
    }
    return null;
  }

  static @Nullable String text(@Nullable Object target, String... names) {
    return get(target, names) instanceof String text ? text : null;
  }

  private static @Nullable Object value(Field field, Object target) {
    try {
      return field.get(target);
    } catch (IllegalAccessException closed) {
      return null;
    }
  }

  private static Optional<Field> find(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return Optional.of(field);
    } catch (NoSuchFieldException | RuntimeException absent) {
      return Optional.empty();
    }
  }
}
