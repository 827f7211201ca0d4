package dev.engram.agent.core.sql;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

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
    POOLS.removeIf(entry -> !entry.read(to));
  }

  private record Entry(String name, Reference<Object> pool, Reference<PoolReader> reader) {
    boolean isGone() {
      return pool.refersTo(null) || reader.refersTo(null);
    }

    /** False when it is closed, gone, or of a version that cannot be read. */
    boolean read(BiConsumer<String, PoolState> to) {
      Object known = pool.get();
      PoolReader how = reader.get();
      PoolState state;
      try {
        state = known == null || how == null ? null : how.read(known);
      } catch (RuntimeException thisTime) {
        return true;
      } catch (LinkageError ofAnotherVersion) {
        return false;
      }
      if (state != null) {
        to.accept(name, state);
      }
      return state != null;
    }
  }
}
