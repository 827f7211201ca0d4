package dev.engram.agent.core.remedy;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One question that a method answers: asked of the very same object, with equal arguments. Keeps
 * the object not alive. Immutable.
 */
final class AnswerKey {
  /** Null of a static method. */
  private final @Nullable WeakReference<Object> target;

  private final @Nullable Object[] arguments;
  private final int hash;

  private AnswerKey(@Nullable Object target, @Nullable Object[] arguments) {
    this.target = target == null ? null : new WeakReference<>(target);
    this.arguments = arguments;
    this.hash = 31 * System.identityHashCode(target) + Arrays.hashCode(arguments);
  }

  /**
   * Null where an argument is no plain value: what it says may change.
   *
   * @param target null of a static method
   * @param arguments become the key's own
   */
  static @Nullable AnswerKey of(@Nullable Object target, @Nullable Object[] arguments) {
    return isOne(arguments) ? new AnswerKey(target, arguments) : null;
  }

  /** Whether questions with these are told apart: all of them are plain values. */
  static boolean isOne(@Nullable Object[] arguments) {
    for (Object argument : arguments) {
      if (!PlainValues.isPlain(argument)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AnswerKey key
        && key.hash == hash
        && isOf(key.target)
        && Arrays.equals(key.arguments, arguments);
  }

  private boolean isOf(@Nullable WeakReference<Object> other) {
    if (target == null || other == null) {
      return target == other;
    }
    Object asked = target.get();
    return asked != null && other.refersTo(asked);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
