package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.OpenSpan;
import dev.engram.agent.core.capture.Tracing;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of a service that may have too much to do. Made and begun by one thread, and ended by it
 * or by one that comes later; no method throws.
 */
final class LimitedCall {
  /** Longest wait for a place. */
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** All calls of one request together. */
  static final long LONGEST_OF_REQUEST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Where somebody ends the call after a time, this part of it may be waited. */
  private static final int PART_OF_TIMEOUT = 4;

  private final LimitedPeer peer;
  private final CallWindow window;
  private @Nullable ConcurrencyLimit limit;
  private boolean hasPlace;
  private long sentAt;

  /** What became of it, as far as it tells how much the other service has to do. */
  enum Outcome {
    ANSWERED,
    REFUSED,
    /** Nothing was sent, it failed, or somebody between has answered. */
    UNKNOWN
  }

  LimitedCall(LimitedPeer peer, CallWindow window) {
    this.peer = peer;
    this.window = window;
  }

  /**
   * It is sent when this returns. Where the peer is limited it takes a place, or waits for one;
   * without one it goes ahead.
   *
   * @param asking sees the frameworks that the call sees; null where it must not wait
   * @param timeoutNanos after which somebody ends it; 0 for never
   */
  void inTurn(@Nullable Class<?> asking, long timeoutNanos) {
    ConcurrencyLimit now = peer.limit();
    if (now == null) {
      return;
    }
    hasPlace = now.take() || (asking != null && waits(now, asking, timeoutNanos));
    if (!hasPlace) {
      now.goAhead();
    }
    limit = now;
    sentAt = System.nanoTime();
  }

  private boolean waits(ConcurrencyLimit now, Class<?> asking, long timeoutNanos) {
    OpenSpan span = Tracing.current();
    long longest = span == null ? 0 : longestNanos(timeoutNanos, span.waitedNanos());
    if (span == null || longest <= 0 || !peer.isInForce() || !mayWait(asking)) {
      return false;
    }
    long began = System.nanoTime();
    boolean comes = now.await(longest);
    long waited = System.nanoTime() - began;
    span.waited(waited);
    window.waited(waited);
    return comes;
  }

  private static long longestNanos(long timeoutNanos, long waitedNanos) {
    long longest = Math.min(LONGEST_NANOS, LONGEST_OF_REQUEST_NANOS - waitedNanos);
    return timeoutNanos > 0 ? Math.min(longest, timeoutNanos / PART_OF_TIMEOUT) : longest;
  }

  /** As for retries, and not where other tasks of a pool that steals work wait for the thread. */
  private static boolean mayWait(Class<?> asking) {
    return Healing.mayAct(asking)
        && Waiting.ASLEEP.isPossible()
        && !(Thread.currentThread() instanceof ForkJoinWorkerThread)
        && LimitedPeers.mayLook()
        && !Healing.holdsUpOthers(Waiting.ASLEEP);
  }

  /** Once. */
  void ended(Outcome outcome) {
    peer.ended(window, outcome);
    ConcurrencyLimit taken = limit;
    if (taken == null) {
      return;
    }
    limit = null;
    if (hasPlace && outcome == Outcome.ANSWERED) {
      taken.answered();
    } else if (hasPlace && outcome == Outcome.REFUSED) {
      taken.refused(sentAt);
    }
    taken.leave();
  }
}
