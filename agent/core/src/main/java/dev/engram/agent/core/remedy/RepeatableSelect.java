package dev.engram.agent.core.remedy;

import dev.engram.agent.core.sql.ConnectionWait;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One {@code SELECT} that is committed by itself, and what is done when it fails. It is executed
 * again where its connection can still be used; where that was lost, whoever took it may make the
 * whole query again. Thread-safe; no method throws.
 */
public final class RepeatableSelect {
  /** A pool's statement throws what the driver's below it has thrown. */
  private static final DealtWith JUDGED = new DealtWith();

  /** How many have succeeded on this thread, of which it was told. */
  private static final ThreadLocal<@Nullable Integer> SUCCEEDED = new ThreadLocal<>();

  private RepeatableSelect() {}

  /**
   * One execution by a driver, or by a wrapper around one.
   *
   * @param attempts what {@link Healing#begin} gave
   */
  private record Execution(Object attempts, int succeededBefore) {}

  /**
   * A statement is executed; what {@link #failed} and {@link #succeeded} must be given. Null where
   * it is not executed again.
   *
   * @param asking sees the frameworks that the statement sees
   */
  public static @Nullable Object begin(Class<?> asking) {
    Object attempts = Healing.begin(asking);
    return attempts == null ? null : new Execution(attempts, succeededOnThread());
  }

  /**
   * An execution succeeded. Of what a pool hands on to a driver the driver tells, so that one
   * statement counts once, however many wrappers are around it.
   *
   * @param begun what {@link #begin} gave, and not null
   * @param place as with {@link #failed}
   * @param isOne whether the statement is such a {@code SELECT}
   */
  public static void succeeded(Object begun, Supplier<String> place, BooleanSupplier isOne) {
    Execution execution = (Execution) begun;
    if (execution.succeededBefore == succeededOnThread() && isOne.getAsBoolean()) {
      SUCCEEDED.set(succeededOnThread() + 1);
      Healing.succeeded(execution.attempts, place);
    }
  }

  /**
   * An execution failed.
   *
   * @param execution what {@link #begin} gave
   * @param place such as {@code select db.example:5432}; asked only if it matters
   * @param asking sees the frameworks that the statement sees
   * @param isOne whether the statement is such a {@code SELECT}, and nobody wished that it ends
   * @return whether to execute it again; it has waited for it then
   */
  public static boolean failed(
      @Nullable Object execution,
      Supplier<String> place,
      Class<?> asking,
      Throwable thrown,
      BooleanSupplier isOne) {
    Object begun = execution == null ? null : ((Execution) execution).attempts;
    if (Healing.isOff()
        || ConnectionWait.isOn()
        || !SqlStates.has(thrown)
        || JUDGED.contains(thrown)) {
      return Healing.leftAlone(begun);
    }
    JUDGED.add(thrown);
    if (!isOne.getAsBoolean()) {
      return Healing.leftAlone(begun);
    }
    if (SqlStates.keepsConnection(thrown)) {
      // Somebody may have wished while it waited that it ends.
      return Healing.failed(begun, place, asking, thrown)
          && (isOne.getAsBoolean() || Healing.givenUp(begun));
    }
    if (SqlStates.losesConnection(thrown)) {
      RepeatableQuery.lost(thrown, place.get());
    }
    return Healing.leftAlone(begun);
  }

  private static int succeededOnThread() {
    Integer count = SUCCEEDED.get();
    return count == null ? 0 : count;
  }
}
