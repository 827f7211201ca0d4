package dev.engram.agent.core.remedy;

import dev.engram.agent.core.remedy.CallWindow.Counts;
import dev.engram.agent.record.control.Remedy;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether another service refuses a part of its calls because it has too much to do. Then
 * two windows are compared, one with a limit of the calls that are under way and one without, in an
 * order that is drawn; the limit is kept between comparisons only where it is known to help. Used
 * by one thread, about once a second.
 */
final class OverloadWatch {
  /** Looks at which it refuses, before anything is thought of it. */
  static final int LASTING = 3;

  /** Looks within which the calls that began before a window end, or nothing can be said. */
  static final int LONGEST_SETTLING = 10;

  /** Looks of a window that count, at least; and as many as it needed to settle. */
  static final int COUNTED = 2;

  /** Between two comparisons a limit that helps is kept for so many windows. */
  static final int KEPT = 8;

  /** Looks during which it is left alone where nothing was done, or a limit has not helped. */
  static final int LEFT_ALONE = 60;

  private final LimitedPeer peer;
  private final BooleanSupplier limitedFirst;
  private Phase phase = Phase.ORDINARY;

  /** In this phase. */
  private int looks;

  /** Looks that the latest window needed. */
  private int settled;

  /** At the latest look while it is left alone. */
  private boolean wasInForce;

  private @Nullable Counts firstWindow;

  private enum Phase {
    ORDINARY,
    LEFT_ALONE,
    /** A window has begun, and calls of the one before are under way. */
    SETTLING,
    COUNTED,
    /** Limited, because that has helped. */
    KEPT
  }

  /**
   * One of which nothing is known yet.
   *
   * @param limitedFirst draws the order of the next two windows
   */
  OverloadWatch(LimitedPeer peer, BooleanSupplier limitedFirst) {
    this.peer = peer;
    this.limitedFirst = limitedFirst;
  }

  /** A look at it. */
  void beat(long nanoTime) {
    looks++;
    Remedy remedy = peer.inForce();
    switch (phase) {
      case ORDINARY -> ordinary(remedy, nanoTime);
      case LEFT_ALONE -> leftAlone(remedy, nanoTime);
      case SETTLING, COUNTED, KEPT -> tried(remedy, nanoTime);
    }
  }

  /** It is limited no longer, and nothing is known of it. */
  void end() {
    peer.end();
    become(Phase.ORDINARY);
  }

  private void ordinary(@Nullable Remedy remedy, long nanoTime) {
    Counts counts = peer.take(nanoTime);
    if (!counts.isOverload() || counts.answered() == 0) {
      // One that answers nothing at all is a breaker's case.
      looks = 0;
    } else if (looks >= LASTING) {
      isOverloaded(remedy, nanoTime);
    }
  }

  private void isOverloaded(@Nullable Remedy remedy, long nanoTime) {
    if (remedy == null) {
      Told.undone(null, peer.action(), Prospect.PASSES, GuardedCall.ANY_FAILURE);
      leaveAlone(false);
    } else {
      Treatment.sayOnce(remedy);
      compare(nanoTime);
    }
  }

  /** For a while, or until somebody says that it may be limited. */
  private void leftAlone(@Nullable Remedy remedy, long nanoTime) {
    peer.take(nanoTime);
    boolean isSaid = remedy != null && !wasInForce;
    wasInForce = remedy != null;
    if (isSaid || looks >= LEFT_ALONE) {
      become(Phase.ORDINARY);
    }
  }

  private void compare(long nanoTime) {
    firstWindow = null;
    open(limitedFirst.getAsBoolean(), nanoTime);
  }

  /** Until somebody has said so, or the remedy has expired or is withdrawn. */
  private void tried(@Nullable Remedy remedy, long nanoTime) {
    if (remedy == null || peer.isReleased()) {
      end();
    } else if (phase == Phase.SETTLING) {
      settling(remedy, nanoTime);
    } else if (phase == Phase.KEPT && looks >= KEPT * (settled + counted())) {
      compare(nanoTime);
    } else if (phase == Phase.COUNTED && looks >= counted()) {
      counted(remedy, nanoTime);
    }
  }

  private void settling(Remedy remedy, long nanoTime) {
    if (peer.isSettled()) {
      peer.take(nanoTime);
      settled = looks;
      become(Phase.COUNTED);
    } else if (looks >= LONGEST_SETTLING) {
      skipped(remedy, false);
    }
  }

  private int counted() {
    return Math.max(COUNTED, settled);
  }

  private void counted(Remedy remedy, long nanoTime) {
    Counts counts = peer.take(nanoTime);
    boolean isLimited = peer.isLimited();
    Counts before = firstWindow;
    if (before == null) {
      firstWindow = counts;
      open(!isLimited, nanoTime);
      return;
    }
    Comparison both = isLimited ? new Comparison(counts, before) : new Comparison(before, counts);
    if (both.isOver() || !both.hasEnough()) {
      skipped(remedy, both.isOver());
    } else {
      judge(remedy, both, nanoTime);
    }
  }

  private void judge(Remedy remedy, Comparison both, long nanoTime) {
    boolean helps = both.helps();
    tell(remedy, Arm.CONTROL, both.free(), Result.FAILED);
    tell(remedy, Arm.TREATED, both.limited(), helps ? Result.RESOLVED : Result.FAILED);
    if (!helps) {
      leaveAlone(true);
    } else if (remedy.state() == Remedy.State.ACTIVE) {
      peer.limited(true);
      become(Phase.KEPT);
    } else {
      compare(nanoTime);
    }
  }

  /** Nothing can be said of it. */
  private void skipped(Remedy remedy, boolean isOver) {
    Told.done(null, remedy, Arm.SKIPPED, 1, Result.FAILED, 0);
    if (isOver) {
      end();
    } else {
      leaveAlone(true);
    }
  }

  private void leaveAlone(boolean isInForce) {
    end();
    wasInForce = isInForce;
    become(Phase.LEFT_ALONE);
  }

  /** Another window begins. */
  private void open(boolean isLimited, long nanoTime) {
    peer.limited(isLimited);
    peer.open(nanoTime);
    become(Phase.SETTLING);
  }

  /** Windows may differ in how long they are; what is told can be compared, and summed up. */
  private static void tell(Remedy remedy, Arm arm, Counts counts, Result result) {
    int refused = counts.refusedIn(TimeUnit.SECONDS.toNanos(COUNTED));
    Told.done(null, remedy, arm, refused, result, counts.waitedNanosEach());
  }

  private void become(Phase next) {
    phase = next;
    looks = 0;
  }
}
