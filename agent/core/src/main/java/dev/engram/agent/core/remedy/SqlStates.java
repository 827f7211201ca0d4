package dev.engram.agent.core.remedy;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database's own word for a failure says of its passing. Loaded only where there is such a
 * failure: an image of Java may lack {@code java.sql}. Pure.
 */
final class SqlStates {
  private static final String EXCEPTION = "java.sql.SQLException";
  private static final int CLASS_DIGITS = 2;

  /**
   * Classes in which waiting changes something: connections, rollbacks by the database, want of
   * resources, objects in use, operators and systems between; {@code HYT00} and {@code HYT01} are
   * timeouts.
   */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "58");

  private static final String TIMEOUT = "HYT";

  private static final String CONNECTION = "08";
  private static final String CANCELED = "57014";

  /** Of databases whose operators end a connection: by hand, in a crash, while it starts. */
  private static final Set<String> ENDING = Set.of("57P01", "57P02", "57P03");

  /** After which the statement can be executed again where it is. */
  private static final Set<String> KEEPING = Set.of("40", "53", "55");

  /**
   * Whether a type works its state out itself; kept by the type, so that no loader is kept by us.
   */
  private static final ClassValue<Boolean> OWN =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return hasOwn(type);
        }
      };

  private SqlStates() {}

  /** Whether a database said it; safe to ask of any throwable. */
  static boolean has(Throwable thrown) {
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(EXCEPTION)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether it may pass.
   *
   * @param thrown for which {@link #has} holds
   */
  static boolean mayPass(Throwable thrown) {
    String state = state((SQLException) thrown);
    if (state == null || state.length() < CLASS_DIGITS) {
      return thrown instanceof SQLTransientException || thrown instanceof SQLRecoverableException;
    }
    return PASSING.contains(state.substring(0, CLASS_DIGITS)) || state.startsWith(TIMEOUT);
  }

  /**
   * Whether its connection has ended.
   *
   * @param thrown for which {@link #has} holds
   */
  static boolean losesConnection(Throwable thrown) {
    String state = state((SQLException) thrown);
    return state != null && (state.startsWith(CONNECTION) || ENDING.contains(state));
  }

  /**
   * Whether its connection can still be used, and it may pass.
   *
   * @param thrown for which {@link #has} holds
   */
  static boolean keepsConnection(Throwable thrown) {
    String state = state((SQLException) thrown);
    return state != null
        && state.length() >= CLASS_DIGITS
        && (KEEPING.contains(state.substring(0, CLASS_DIGITS))
            || state.startsWith(TIMEOUT)
            || state.equals(CANCELED));
  }

  /** Whoever overrides the method may do anything in it, so it is not asked. */
  private static @Nullable String state(SQLException thrown) {
    return OWN.get(thrown.getClass()) ? null : thrown.getSQLState();
  }

  private static boolean hasOwn(Class<?> type) {
    try {
      return type.getMethod("getSQLState").getDeclaringClass() != SQLException.class;
    } catch (NoSuchMethodException | LinkageError untold) {
      return true;
    }
  }
}
