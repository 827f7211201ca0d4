package dev.engram.agent.core.attach;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Values attached to objects by identity. An entry goes when its object does, so a value must not
 * lead back to its object. Thread-safe, without locks; {@link #get} allocates nothing, because it
 * is asked for every row of every result.
 *
 * <p>A field in the object would be cheaper; it cannot be had, because a loaded class may not
 * change its shape. The table does not grow: with very many objects its chains do.
 */
public final class Attachments<V> {
  private static final int BUCKETS = 1024;

  /** Chains are never changed, only replaced. */
  private final AtomicReferenceArray<@Nullable Entry<V>> buckets;

  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  public Attachments() {
    this(BUCKETS);
  }

  /**
   * @param buckets a power of two; about as many as there are objects at once
   */
  public Attachments(int buckets) {
    this.buckets = new AtomicReferenceArray<>(buckets);
  }

  public void put(Object object, V value) {
    removeGone();
    int bucket = bucketOf(object);
    Entry<V> head;
    do {
      head = buckets.get(bucket);
    } while (!buckets.compareAndSet(
        bucket, head, new Entry<>(object, value, bucket, without(head, object), gone)));
  }

  /** The value, or null when none is attached. */
  public @Nullable V get(Object object) {
    return find(buckets.get(bucketOf(object)), object);
  }

  /** Detaches and returns the value, or null when none was attached. */
  public @Nullable V remove(Object object) {
    int bucket = bucketOf(object);
    Entry<V> head;
    V value;
    do {
      head = buckets.get(bucket);
      value = find(head, object);
    } while (value != null && !buckets.compareAndSet(bucket, head, without(head, object)));
    return value;
  }

  int size() {
    removeGone();
    int size = 0;
    for (int bucket = 0; bucket < buckets.length(); bucket++) {
      for (Entry<V> entry = buckets.get(bucket); entry != null; entry = entry.next) {
        size++;
      }
    }
    return size;
  }

  private void removeGone() {
    for (Reference<?> entry = gone.poll(); entry != null; entry = gone.poll()) {
      int bucket = ((Entry<?>) entry).bucket;
      Entry<V> head;
      do {
        head = buckets.get(bucket);
      } while (!buckets.compareAndSet(bucket, head, without(head, null)));
    }
  }

  private static <V> @Nullable V find(@Nullable Entry<V> head, Object object) {
    for (Entry<V> entry = head; entry != null; entry = entry.next) {
      if (entry.refersTo(object)) {
        return entry.value;
      }
    }
    return null;
  }

  /** The chain without this object, and without those that are gone. */
  private @Nullable Entry<V> without(@Nullable Entry<V> head, @Nullable Object object) {
    return hasAny(head, object) ? copyWithout(head, object) : head;
  }

  private static boolean hasAny(@Nullable Entry<?> head, @Nullable Object object) {
    for (Entry<?> entry = head; entry != null; entry = entry.next) {
      if (entry.refersTo(object) || entry.refersTo(null)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Entry<V> copyWithout(@Nullable Entry<V> head, @Nullable Object object) {
    Entry<V> kept = null;
    for (Entry<V> entry = head; entry != null; entry = entry.next) {
      Object other = entry.get();
      if (other != null && other != object) {
        kept = new Entry<>(other, entry.value, entry.bucket, kept, gone);
      }
    }
    return kept;
  }

  private int bucketOf(Object object) {
    return System.identityHashCode(object) & (buckets.length() - 1);
  }

  private static final class Entry<V> extends WeakReference<Object> {
    private final V value;
    private final int bucket;
    private final @Nullable Entry<V> next;

    Entry(
        Object object, V value, int bucket, @Nullable Entry<V> next, ReferenceQueue<Object> gone) {
      super(object, gone);
      this.value = value;
      this.bucket = bucket;
      this.next = next;
    }
  }
}
