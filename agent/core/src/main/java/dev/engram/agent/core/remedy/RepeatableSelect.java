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

  private RepeatableSelect() {}

  /**
   * An execution failed.
   *
   * @param begun what {@link Healing#begin} gave
   * @param place such as {@code select db.example:5432}; asked only if it matters
   * @param asking sees the frameworks that the statement sees
   * @param isOne whether the statement is such a {@code SELECT}, and nobody wished that it ends
   * @return whether to execute it again; it has waited for it then
   */
  public static boolean failed(
      @Nullable Object begun,
      Supplier<String> place,
      Class<?> asking,
      Throwable thrown,
      BooleanSupplier isOne) {
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
}
