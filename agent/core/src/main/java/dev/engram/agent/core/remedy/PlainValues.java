package dev.engram.agent.core.remedy;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells values that are equal for ever when they are equal once, and hold little: what can be the
 * key of an answer. Thread-safe.
 */
final class PlainValues {
  private static final int LONGEST_TEXT = 1_000;
  private static final int DEEPEST_RECORD = 3;

  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class);

  private static final String TIMES = "java.time.";

  /** Kept by the records' own classes, so that no loader is kept by us. */
  private static final ClassValue<Boolean> RECORDS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isPlainRecord(type, DEEPEST_RECORD);
        }
      };

  private PlainValues() {}

  /** Whether this is one, or nothing. Of records whose components are declared as such, too. */
  static boolean isPlain(@Nullable Object value) {
    if (value == null || value instanceof Enum) {
      return true;
    }
    if (value instanceof String text) {
      return text.length() <= LONGEST_TEXT;
    }
    Class<?> type = value.getClass();
    return isPlainType(type) || (type.isRecord() && RECORDS.get(type));
  }

  /** The methods that a compiler writes for a record are final; those of people hardly ever are. */
  private static boolean isComparedByComponents(Class<?> type) {
    try {
      return Modifier.isFinal(type.getDeclaredMethod("equals", Object.class).getModifiers())
          && Modifier.isFinal(type.getDeclaredMethod("hashCode").getModifiers());
    } catch (NoSuchMethodException none) {
      return false;
    }
  }

  private static boolean isPlainType(Class<?> type) {
    return PLAIN.contains(type)
        || (type.getName().startsWith(TIMES) && type.getClassLoader() == null);
  }

  private static boolean isPlainRecord(Class<?> type, int deepest) {
    if (!isComparedByComponents(type)) {
      return false;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> of = component.getType();
      if (!of.isPrimitive()
          && !isPlainType(of)
          && !of.isEnum()
          && !(of.isRecord() && deepest > 1 && isPlainRecord(of, deepest - 1))) {
        return false;
      }
    }
    return true;
  }
}
