package dev.engram.agent.core.remedy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The other services that are called. Whether the calls of one are to be limited is judged on the
 * writer thread alone; application threads count, and wait. Thread-safe, without locks; no method
 * throws.
 */
public final class CalledServices {
  private static final int MOST = 1_000;

  /** In a second: each stops all threads for a moment. Who would be one too many goes ahead. */
  static final int MOST_LOOKS = 200;

  private static final Map<String, CalledService> ALL = new ConcurrentHashMap<>();
  private static final AtomicInteger LOOKS = new AtomicInteger();

  private CalledServices() {}

  /** Called about once a second, on the writer thread. */
  public static void beat() {
    LOOKS.set(0);
    if (Healing.isOff()) {
      end();
    } else {
      long now = System.nanoTime();
      ALL.values().forEach(each -> beat(each.overload(), now));
    }
  }

  /** One that cannot be judged is not limited, and keeps the others from nothing. */
  private static void beat(OverloadWatch overload, long nanoTime) {
    try {
      overload.beat(nanoTime);
    } catch (RuntimeException broken) {
      overload.end();
    }
  }

  /** Nobody will look after them any more: none is limited. */
  public static void end() {
    ALL.values().forEach(each -> each.overload().end());
  }

  /** Whoever waits goes ahead now. */
  static void release() {
    ALL.values().forEach(each -> each.limit().release());
  }

  /** What was counted is of no use any more, because nobody has counted since. */
  static void forget() {
    release();
    ALL.clear();
  }

  /**
   * One of them.
   *
   * @param place such as {@code http api.example:443}
   * @return null where there are too many to watch them all
   */
  static @Nullable CalledService at(String place) {
    CalledService known = ALL.get(place);
    return known != null || ALL.size() >= MOST
        ? known
        : ALL.computeIfAbsent(place, absent -> new CalledService(absent, System.nanoTime()));
  }

  /** Whether one more thread may be looked at for what it holds. */
  static boolean mayLook() {
    return LOOKS.incrementAndGet() <= MOST_LOOKS;
  }
}
