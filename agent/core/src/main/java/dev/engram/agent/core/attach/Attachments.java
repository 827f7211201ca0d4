package dev.engram.agent.core.attach;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Values attached to objects by identity. An entry goes when its object does, so a value must not
 * lead back to its object. Thread-safe.
 *
 * <p>A field in the object would be cheaper; it cannot be had, because a loaded class may not
 * change its shape.
 */
public final class Attachments<V> {
  private final ConcurrentMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  public void put(Object object, V value) {
    removeGone();
    values.put(new WeakKey(object, gone), value);
  }

  /** The value, or null when none is attached. */
  public @Nullable V get(Object object) {
    return values.get(new LookupKey(object));
  }

  /** Detaches and returns the value, or null when none was attached. */
  public @Nullable V remove(Object object) {
    return values.remove(new LookupKey(object));
  }

  int size() {
    removeGone();
    return values.size();
  }

  private void removeGone() {
    for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
      values.remove(key);
    }
  }

  private static final class WeakKey extends WeakReference<Object> {
    private final int hash;

    WeakKey(Object object, ReferenceQueue<Object> gone) {
      super(object, gone);
      hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Object object = get();
      return object != null && other instanceof WeakKey key && key.get() == object;
    }
  }

  /** Equal to the weak key of the same object; lives for one look-up. */
  private static final class LookupKey {
    private final Object object;

    LookupKey(Object object) {
      this.object = object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof WeakKey key && key.get() == object;
    }
  }
}
