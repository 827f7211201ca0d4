package dev.engram.agent.core.sql;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection pools of this JVM. Holds neither a pool nor its reader, which comes from a loader
 * beside the pool's: a pool that is closed or forgotten is gone with its application. Thread-safe,
 * without locks.
 */
public final class ConnectionPools {
  private static final Queue<Entry> POOLS = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger UNNAMED = new AtomicInteger();

  private ConnectionPools() {}

  /**
   * Adds a pool, once.
   *
   * @param name by which the application tells it from others
   * @param reader kept alive by a class of the caller for as long as that class lives
   */
  public static void add(String name, Object pool, PoolReader reader) {
    // Where nothing is read, nothing else would clear them away.
    POOLS.removeIf(Entry::isGone);
    POOLS.add(new Entry(name, new WeakReference<>(pool), new WeakReference<>(reader)));
  }

  /** A name for a pool that has none: that of its library, with a number. */
  public static String nameOf(String library) {
    return library + "-" + UNNAMED.incrementAndGet();
  }

  /** Reads every pool that is open. */
  public static void read(BiConsumer<String, PoolState> to) {
    for (Iterator<Entry> entries = POOLS.iterator(); entries.hasNext(); ) {
      Entry entry = entries.next();
      PoolState state = entry.read();
      if (state != null) {
        to.accept(entry.name, state);
      } else {
        entries.remove();
      }
    }
  }

  private record Entry(String name, Reference<Object> pool, Reference<PoolReader> reader) {
    boolean isGone() {
      return pool.refersTo(null) || reader.refersTo(null);
    }

    /** Null when it is closed, gone, or of a version that cannot be read. */
    @Nullable PoolState read() {
      Object known = pool.get();
      PoolReader how = reader.get();
      try {
        return known == null || how == null ? null : how.read(known);
      } catch (RuntimeException | LinkageError notReadable) {
        return null;
      }
    }
  }
}
