package dev.engram.agent.core.remedy;

import dev.engram.agent.core.remedy.CallWindow.Counts;
import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Another service that may refuse a part of its calls because it has too much to do. Then two
 * windows are compared, one with a limit of the calls that are under way and one without, in an
 * order that is drawn; the limit is kept between comparisons only where it is known to help. Looks
 * are taken once a second on one thread; calls are counted on any.
 */
final class LimitedPeer {
  /** Looks at which it refuses, before anything is thought of it. */
  static final int LASTING = 3;

  /** Calls refused in a second that are more than an accident. */
  static final int REFUSED = 5;

  /** Looks of a window before it counts, and those that count. */
  static final int SETTLING = 1;

  static final int COUNTED = 2;

  /** Looks between two comparisons for which a limit that helps is kept. */
  static final int KEPT = 24;

  /** Looks during which it is left alone where nothing was done, or a limit has not helped. */
  static final int LEFT_ALONE = 60;

  /** With a limit at most half of the share is refused, and four of five are still answered. */
  private static final int TIMES_FEWER = 2;

  private static final int LEAST_FIFTHS = 4;
  private static final int FIFTHS = 5;

  private final String action;
  private final BooleanSupplier limitedFirst;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile CallWindow window;
  private volatile @Nullable ConcurrencyLimit limit;

  private Phase phase = Phase.ORDINARY;
  private int looks;

  /** Places that the latest limit had; 0 where there was none in this overload. */
  private int places;

  private @Nullable Counts firstWindow;

  private enum Phase {
    ORDINARY,
    LEFT_ALONE,
    COMPARED,
    /** Limited, because that has helped. */
    KEPT
  }

  /**
   * One of which nothing is known yet.
   *
   * @param place such as {@code http api.example:443}
   * @param nanoTime now
   * @param limitedFirst draws the order of the next two windows
   */
  LimitedPeer(String place, long nanoTime, BooleanSupplier limitedFirst) {
    this.action = Remedy.Kind.LIMIT.at(place);
    this.window = new CallWindow(nanoTime);
    this.limitedFirst = limitedFirst;
  }

  /** A call begins; {@link LimitedCall#ended} must follow. */
  LimitedCall begin() {
    underWay.incrementAndGet();
    return new LimitedCall(this, window);
  }

  /** What began in another window says nothing of this one. */
  void ended(CallWindow begun, LimitedCall.Outcome outcome) {
    underWay.decrementAndGet();
    if (begun == window) {
      switch (outcome) {
        case ANSWERED -> begun.answered();
        case REFUSED -> begun.refused();
        case UNKNOWN -> {}
      }
    }
  }

  /** Null where there is none now. */
  @Nullable ConcurrencyLimit limit() {
    return limit;
  }

  /** Whether its remedy is; the next look may be late. On any thread. */
  boolean isInForce() {
    return inForce() != null;
  }

  /** Nobody waits any more; a look sees to the rest. On any thread. */
  void release() {
    ConcurrencyLimit now = limit;
    if (now != null) {
      now.close();
    }
  }

  /** A look at it. */
  void beat(long nanoTime) {
    looks++;
    switch (phase) {
      case ORDINARY -> ordinary(nanoTime);
      case LEFT_ALONE -> leftAlone(nanoTime);
      case COMPARED -> compared(nanoTime);
      case KEPT -> kept(nanoTime);
    }
  }

  /** It is limited no longer, and nothing is known of it. */
  void end() {
    unlimit();
    become(Phase.ORDINARY);
  }

  private void ordinary(long nanoTime) {
    Counts counts = window.take(nanoTime);
    if (counts.refused() < REFUSED || counts.answered() == 0) {
      // One that answers nothing at all is a breaker's case.
      looks = 0;
    } else if (looks >= LASTING) {
      isOverloaded(nanoTime);
    }
  }

  private void isOverloaded(long nanoTime) {
    Remedy remedy = inForce();
    if (remedy == null) {
      Told.undone(null, action, Prospect.PASSES, GuardedCall.ANY_FAILURE);
      become(Phase.LEFT_ALONE);
    } else {
      Treatment.sayOnce(remedy);
      compare(nanoTime);
    }
  }

  private void leftAlone(long nanoTime) {
    window.take(nanoTime);
    if (looks >= LEFT_ALONE) {
      become(Phase.ORDINARY);
    }
  }

  private void compare(long nanoTime) {
    firstWindow = null;
    become(Phase.COMPARED);
    open(limitedFirst.getAsBoolean(), nanoTime);
  }

  private void compared(long nanoTime) {
    Remedy remedy = inForce();
    if (remedy == null) {
      leaveAlone();
    } else if (looks == SETTLING) {
      window.take(nanoTime);
    } else if (looks >= SETTLING + COUNTED) {
      counted(remedy, nanoTime);
    }
  }

  private void counted(Remedy remedy, long nanoTime) {
    Counts counts = window.take(nanoTime);
    boolean isLimited = limit != null;
    Counts before = firstWindow;
    if (before == null) {
      firstWindow = counts;
      open(!isLimited, nanoTime);
    } else if (isLimited) {
      judge(remedy, counts, before, nanoTime);
    } else {
      judge(remedy, before, counts, nanoTime);
    }
  }

  private void judge(Remedy remedy, Counts limited, Counts free, long nanoTime) {
    if (!isOverload(limited) && !isOverload(free)) {
      tell(remedy, Arm.SKIPPED, limited, Result.FAILED);
      end();
      return;
    }
    boolean helps = helps(limited, free);
    tell(remedy, Arm.CONTROL, free, Result.FAILED);
    tell(remedy, Arm.TREATED, limited, helps ? Result.RESOLVED : Result.FAILED);
    if (!helps) {
      leaveAlone();
    } else if (remedy.state() == Remedy.State.ACTIVE) {
      open(true, nanoTime);
      become(Phase.KEPT);
    } else {
      compare(nanoTime);
    }
  }

  private static boolean isOverload(Counts counts) {
    return counts.refused() >= REFUSED * COUNTED;
  }

  /** Fewer are refused; and who waits does not wait for nothing, nor until nobody asks any more. */
  static boolean helps(Counts limited, Counts free) {
    return TIMES_FEWER * limited.refused() * free.ended() <= free.refused() * limited.ended()
        && FIFTHS * limited.answered() * free.nanos()
            >= LEAST_FIFTHS * free.answered() * limited.nanos()
        && 2 * limited.waitedNanosEach() <= LimitedCall.LONGEST_NANOS
        && isOverload(free);
  }

  private void kept(long nanoTime) {
    if (inForce() == null) {
      leaveAlone();
    } else if (looks >= KEPT) {
      compare(nanoTime);
    }
  }

  /** It has not helped, somebody has said so, or the remedy has expired or is withdrawn. */
  private void leaveAlone() {
    unlimit();
    become(Phase.LEFT_ALONE);
  }

  /**
   * Another window begins. A limit counts from nought each time, so that a place of a call whose
   * end was never told is lost for no longer than this one lasts.
   */
  private void open(boolean isLimited, long nanoTime) {
    int first = places > 0 ? places : underWay.get();
    unlimit();
    if (isLimited) {
      limit = new ConcurrencyLimit(first);
    }
    window = new CallWindow(nanoTime);
    looks = 0;
  }

  private void unlimit() {
    ConcurrencyLimit now = limit;
    if (now != null) {
      places = now.limit();
      limit = null;
      now.close();
    }
  }

  private @Nullable Remedy inForce() {
    return Healing.isAt(HealLevel.AUTO) ? Healing.remedy(action, GuardedCall.ANY_FAILURE) : null;
  }

  /** Both windows are about as long, so that what was refused can be compared. */
  private static void tell(Remedy remedy, Arm arm, Counts counts, Result result) {
    int refused = (int) Math.min(counts.refused(), Integer.MAX_VALUE);
    Told.done(null, remedy, arm, refused, result, counts.waitedNanosEach());
  }

  private void become(Phase next) {
    places = next == Phase.ORDINARY || next == Phase.LEFT_ALONE ? 0 : places;
    phase = next;
    looks = 0;
  }
}
