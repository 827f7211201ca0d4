package dev.engram.agent.instrumentation.springbatch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Public methods without arguments, by name: the same classes lie in other packages from version 6
 * on. Thread-safe.
 */
final class Getters {
  private static final MethodType ANY = MethodType.methodType(Object.class, Object.class);

  /** The table goes with its class. */
  private static final ClassValue<Map<String, MethodHandle>> BY_NAME =
      new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private Getters() {}

  /** What it returns; null for null. */
  static @Nullable Object get(@Nullable Object target, String name) throws Throwable {
    return target == null ? null : getter(target.getClass(), name).invokeExact(target);
  }

  static String text(@Nullable Object target, String name) throws Throwable {
    return String.valueOf(get(target, name));
  }

  private static MethodHandle getter(Class<?> type, String name)
      throws ReflectiveOperationException {
    Map<String, MethodHandle> known = BY_NAME.get(type);
    MethodHandle getter = known.get(name);
    if (getter == null) {
      getter = MethodHandles.publicLookup().unreflect(type.getMethod(name)).asType(ANY);
      known.put(name, getter);
    }
    return getter;
  }
}
