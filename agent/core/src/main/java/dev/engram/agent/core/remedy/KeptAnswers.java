package dev.engram.agent.core.remedy;

import java.lang.ref.SoftReference;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last good answers of one method. Bounded: each question has one place, which it may lose to
 * another; and what the JVM has no memory for is let go. Thread-safe, never blocks.
 */
final class KeptAnswers {
  /** A power of two. */
  static final int PLACES = 1_024;

  private static final int HALF = 16;

  /** That can be used once alone, by whoever has it. */
  private static final String REACTIVE = "org.reactivestreams.Publisher";

  /** Kept by the answers' own classes, so that no loader is kept by us. */
  private static final ClassValue<Boolean> USED_ONCE =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isUsedOnce(type);
        }
      };

  private final AtomicReferenceArray<@Nullable Kept> latest = new AtomicReferenceArray<>(PLACES);

  /**
   * An answer with its question.
   *
   * @param hash of the question
   * @param nanoTime when it was given
   */
  private record Kept(int hash, long nanoTime, SoftReference<Entry> entry) {}

  private record Entry(AnswerKey key, Object answer) {}

  /** What can be used once alone is not kept. */
  void keep(AnswerKey key, Object answer, long nanoTime) {
    if (!USED_ONCE.get(answer.getClass())) {
      latest.set(
          place(key),
          new Kept(key.hashCode(), nanoTime, new SoftReference<>(new Entry(key, answer))));
    }
  }

  /** The last answer to this; null when it is not known any more, or older than that. */
  @Nullable Object find(AnswerKey key, long freshNanos, long nanoTime) {
    Kept kept = latest.get(place(key));
    if (kept == null || kept.hash != key.hashCode() || nanoTime - kept.nanoTime > freshNanos) {
      return null;
    }
    Entry entry = kept.entry.get();
    return entry != null && entry.key.equals(key) ? entry.answer : null;
  }

  private static int place(AnswerKey key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> HALF)) & (PLACES - 1);
  }

  private static boolean isUsedOnce(Class<?> type) {
    return AutoCloseable.class.isAssignableFrom(type)
        || Iterator.class.isAssignableFrom(type)
        || Enumeration.class.isAssignableFrom(type)
        || Future.class.isAssignableFrom(type)
        || CompletionStage.class.isAssignableFrom(type)
        || Flow.Publisher.class.isAssignableFrom(type)
        || isReactive(type);
  }

  private static boolean isReactive(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Class<?> mark : each.getInterfaces()) {
        if (mark.getName().equals(REACTIVE) || isReactive(mark)) {
          return true;
        }
      }
    }
    return false;
  }
}
