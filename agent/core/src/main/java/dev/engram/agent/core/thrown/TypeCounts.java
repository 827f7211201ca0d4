package dev.engram.agent.core.thrown;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The counts by type, found by class without allocating once they are there. Classes of one name
 * share a count, so that an application that is deployed again takes no more; beyond a bound all
 * further types share one. Thread-safe.
 */
final class TypeCounts {
  private static final int TYPES = 2_000;

  private final TypeCount others = new TypeCount("(other types)");
  private final ConcurrentMap<String, TypeCount> byName = new ConcurrentHashMap<>();

  /** Hangs on the class, which it does not keep alive. */
  private final ClassValue<TypeCount> byClass =
      new ClassValue<>() {
        @Override
        protected TypeCount computeValue(Class<?> type) {
          return find(type.getName());
        }
      };

  TypeCounts() {
    byName.put(others.name(), others);
  }

  TypeCount of(Class<?> type) {
    return byClass.get(type);
  }

  Collection<TypeCount> all() {
    return byName.values();
  }

  private TypeCount find(String name) {
    TypeCount known = byName.get(name);
    if (known != null) {
      return known;
    }
    if (byName.size() >= TYPES) {
      return others;
    }
    TypeCount created = new TypeCount(name);
    TypeCount earlier = byName.putIfAbsent(name, created);
    return earlier != null ? earlier : created;
  }
}
