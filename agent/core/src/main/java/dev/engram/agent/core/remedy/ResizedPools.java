package dev.engram.agent.core.remedy;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connection pools of this JVM that can be made larger for a while: the entry of the
 * instrumentations of pools into that remedy. Pools are judged and resized on the writer thread
 * alone; application threads count. Thread-safe, without locks; no method throws.
 */
public final class ResizedPools {
  private static final int MOST_POOLS = 100;

  private static final AtomicReference<WatchedPool[]> POOLS =
      new AtomicReference<>(new WatchedPool[0]);

  private static volatile String service = "";
  private static volatile int mostConnections;

  /** Whether anybody wants to know what is lent. */
  private static volatile boolean watches;

  private ResizedPools() {}

  /**
   * From now on pools may be resized.
   *
   * @param ofService by which people tell its pools from those of others
   * @param most connections of a pool that was made larger; 0 where none is to be
   */
  public static void start(String ofService, int most) {
    service = ofService;
    mostConnections = most;
  }

  /**
   * Adds a pool, once.
   *
   * @param name by which the application tells it from others
   * @param sizing kept alive by a class of the caller for as long as that class lives
   */
  public static void add(String name, Object pool, PoolSizing sizing) {
    WatchedPool added = new WatchedPool(service + '/' + name, pool, sizing);
    POOLS.updateAndGet(all -> with(added, all));
  }

  /** Where there are too many it is not watched: one of the others may be larger at this moment. */
  private static WatchedPool[] with(WatchedPool added, WatchedPool[] all) {
    Stream<WatchedPool> known = Arrays.stream(all).filter(it -> !it.isGone());
    return Stream.concat(known, Stream.of(added)).limit(MOST_POOLS).toArray(WatchedPool[]::new);
  }

  /** The application was given a connection. */
  public static void lent(Object pool, Object connection) {
    WatchedPool known = known(pool);
    if (known != null) {
      known.lent(pool, connection);
    }
  }

  /** The same, where {@link #givenBack} is told when it is given back. */
  public static void lent(Object pool) {
    WatchedPool known = known(pool);
    if (known != null) {
      known.lent();
    }
  }

  /**
   * The application gives a connection back.
   *
   * @return whether {@link PoolSizing#discard} has taken it out, because there are too many
   */
  public static boolean givenBack(Object pool, Object connection) {
    WatchedPool known = known(pool);
    return known != null && known.givenBack(pool, connection);
  }

  /** Null where nobody wants to know. */
  private static @Nullable WatchedPool known(Object pool) {
    if (watches) {
      for (WatchedPool each : pools()) {
        if (each.isOf(pool)) {
          return each;
        }
      }
    }
    return null;
  }

  /** Called about once a second, on the writer thread. */
  public static void beat() {
    beat(System.nanoTime());
  }

  static void beat(long nanoTime) {
    boolean acts = !Healing.isOff() && mostConnections > 0;
    boolean any = false;
    for (WatchedPool each : pools()) {
      if (acts) {
        quietly(() -> each.beat(nanoTime, mostConnections));
      } else {
        quietly(each::end);
      }
      any |= acts || each.shrinks();
    }
    watches = any;
  }

  /** Nobody will look after them any more: each gets its own size back. */
  public static void end() {
    for (WatchedPool each : pools()) {
      quietly(each::end);
    }
    watches = false;
  }

  /** A pool of a version that cannot be resized keeps the others from nothing. */
  private static void quietly(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException | LinkageError notResizable) {
      // It is looked at again, and has its own size or one that it was given.
    }
  }

  private static WatchedPool[] pools() {
    return Objects.requireNonNull(POOLS.get());
  }
}
