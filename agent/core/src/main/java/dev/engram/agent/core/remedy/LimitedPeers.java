package dev.engram.agent.core.remedy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The other services of which the calls under way are limited while they have too much to do. They
 * are judged on the writer thread alone; application threads count, and wait. Thread-safe, without
 * locks; no method throws.
 */
public final class LimitedPeers {
  private static final int MOST_PLACES = 1_000;

  /** In a second: each stops all threads for a moment. Who would be one too many goes ahead. */
  private static final int MOST_LOOKS = 200;

  private static final Map<String, LimitedPeer> PEERS = new ConcurrentHashMap<>();
  private static final AtomicInteger LOOKS = new AtomicInteger();

  private LimitedPeers() {}

  /** Called about once a second, on the writer thread. */
  public static void beat() {
    LOOKS.set(0);
    if (Healing.isOff()) {
      end();
    } else {
      long now = System.nanoTime();
      PEERS.values().forEach(peer -> peer.beat(now));
    }
  }

  /** Nobody will look after them any more: none is limited. */
  public static void end() {
    PEERS.values().forEach(LimitedPeer::end);
  }

  /** Whoever waits goes ahead now. */
  static void release() {
    PEERS.values().forEach(LimitedPeer::release);
  }

  /** What was counted is of no use any more, because nobody has counted since. */
  static void forget() {
    release();
    PEERS.clear();
  }

  /** Null where there are too many to watch them all. */
  static @Nullable LimitedPeer peer(String place) {
    LimitedPeer known = PEERS.get(place);
    return known != null || PEERS.size() >= MOST_PLACES
        ? known
        : PEERS.computeIfAbsent(
            place,
            absent ->
                new LimitedPeer(
                    place, System.nanoTime(), () -> ThreadLocalRandom.current().nextBoolean()));
  }

  /** Whether one more thread may be looked at for what it holds. */
  static boolean mayLook() {
    return LOOKS.incrementAndGet() <= MOST_LOOKS;
  }
}
