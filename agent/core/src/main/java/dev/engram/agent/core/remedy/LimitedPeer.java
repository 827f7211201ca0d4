package dev.engram.agent.core.remedy;

import dev.engram.agent.core.remedy.CallWindow.Counts;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * Another service whose calls are counted, and may be limited. Calls begin and end on any thread;
 * windows and limits are those of the thread that looks at it. Never blocks.
 */
final class LimitedPeer {
  private final String action;
  private volatile CallWindow window;
  private volatile @Nullable ConcurrencyLimit limit;

  /** Places that the latest limit had; 0 where there was none in this overload. */
  private int places;

  /**
   * One that is not limited.
   *
   * @param place such as {@code http api.example:443}
   * @param nanoTime now
   */
  LimitedPeer(String place, long nanoTime) {
    this.action = Remedy.Kind.LIMIT.at(place);
    this.window = new CallWindow(nanoTime);
  }

  /** By which its remedy is found. */
  String action() {
    return action;
  }

  /** What is in force now; null for nothing. */
  @Nullable Remedy inForce() {
    return Healing.isAt(HealLevel.AUTO) ? Healing.remedy(action, GuardedCall.ANY_FAILURE) : null;
  }

  /**
   * A call is under way.
   *
   * @return what {@link #ended} must be given
   */
  CallWindow begin() {
    CallWindow now = window;
    now.begun();
    return now;
  }

  /** It counts for the window that it ends in. */
  void ended(CallWindow begun, LimitedCall.Outcome outcome) {
    begun.left();
    switch (outcome) {
      case ANSWERED -> window.answered();
      case REFUSED -> window.refused();
      case UNKNOWN -> {}
    }
  }

  /** A call has waited for its turn. */
  void waited(long nanos) {
    window.waited(nanos);
  }

  /** Null where there is none now. */
  @Nullable ConcurrencyLimit limit() {
    return limit;
  }

  /** Nobody waits any more; whoever looks at it sees to the rest. On any thread. */
  void release() {
    ConcurrencyLimit now = limit;
    if (now != null) {
      now.close();
    }
  }

  /** Whether it was released while it is limited. */
  boolean isReleased() {
    ConcurrencyLimit now = limit;
    return now != null && now.isClosed();
  }

  boolean isLimited() {
    return limit != null;
  }

  /** Whether what ends now tells of this window. */
  boolean isSettled() {
    return window.isSettled();
  }

  /** What ended in this window since this was asked last. */
  Counts take(long nanoTime) {
    return window.take(nanoTime);
  }

  /** Another window begins. */
  void open(long nanoTime) {
    window = window.next(nanoTime);
  }

  /**
   * A limit goes on as long as nothing comes in between, so that nobody who waits is let go.
   * Another one has as many places, and all are free: what was lost with a call whose end was never
   * told is lost no longer.
   */
  void limited(boolean isLimited) {
    ConcurrencyLimit now = limit;
    if (isLimited && now == null) {
      limit = new ConcurrencyLimit(places > 0 ? places : window.underWay());
    } else if (!isLimited && now != null) {
      places = now.limit();
      limit = null;
      now.close();
    }
  }

  /** It is limited no longer, and how it was is of no use any more. */
  void end() {
    limited(false);
    places = 0;
  }
}
