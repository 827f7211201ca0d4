package dev.engram.agent.core.remedy;

import dev.engram.agent.record.control.HealLevel;
import dev.engram.agent.record.control.Remedy;
import java.lang.ref.WeakReference;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is made larger while its connections do not suffice and the database bears more. An
 * episode begins when somebody has waited at each of some looks while connections were not used for
 * longer than usual; it went well if nobody waits then, and they still are not. One that did not
 * ends at once, and the pool is left alone for long. Holds neither the pool nor its sizing. Looks
 * are taken on one thread; what is lent is counted on any.
 */
final class WatchedPool {
  /** Looks at which somebody waits, before anything is thought of it. */
  static final int WAITED = 5;

  /** Looks until the new connections are there, and then until it is judged. */
  static final int SETTLING = 3;

  static final int JUDGED = 10;

  /** Looks, of those by which it is judged, at which somebody may still wait. */
  static final int WAITS_ALLOWED = 2;

  /** Looks, of the same, at which more is wanted than its own size: else they say nothing. */
  static final int NEEDED = 5;

  /** Looks at which its own size would do, before it gets that back. */
  static final int QUIET = 60;

  /** Looks during which it is left alone where nothing was done, and where it went badly. */
  static final int LEFT_ALONE = 60;

  static final int RESTING = 600;

  /** Looks until what was to be taken out, and is used still, counts as not taken out. */
  static final int TAKEN_OUT = 30;

  private static final int TIMES_LARGER = 2;
  private static final double RISEN = 1.5;

  private final String action;
  private final WeakReference<Object> pool;
  private final WeakReference<PoolSizing> sizing;
  private final LongAdder lent = new LongAdder();
  private final ExcessConnections excess = new ExcessConnections();

  /** While nobody waits. */
  private final UseTime usual = new UseTime();

  /** Those of this phase, or its latest ones. */
  private final PoolLooks looks = new PoolLooks();

  private Phase phase = Phase.ORDINARY;

  /** Before the pool was made larger. */
  private double usedBefore;

  private int ownSize;

  /** 0 while it has its own. */
  private int largerSize;

  private @Nullable Remedy remedy;
  private volatile boolean shrinks;
  private int shrinking;
  private boolean looked;
  private long lookedAt;
  private long lentBefore;

  private enum Phase {
    ORDINARY,
    LEFT_ALONE,
    /** Larger, and not judged yet. */
    TRIED,
    /** Larger, because that has helped. */
    HELD,
    RESTING
  }

  WatchedPool(String name, Object pool, PoolSizing sizing) {
    this.action = Remedy.Kind.RESIZE.at("pool " + name);
    this.pool = new WeakReference<>(pool);
    this.sizing = new WeakReference<>(sizing);
  }

  boolean isOf(Object other) {
    return pool.refersTo(other);
  }

  boolean isGone() {
    return pool.refersTo(null) || sizing.refersTo(null);
  }

  /** On application threads. */
  void lent(Object of, Object connection) {
    lent.increment();
    excess.lent(of, connection, sizing.get());
  }

  /** The same, where the pool tells of connections that are given back. */
  void lent() {
    lent.increment();
  }

  /** On application threads; whether it is taken out. */
  boolean givenBack(Object by, Object connection) {
    return shrinks && excess.givenBack(by, connection, sizing.get());
  }

  /** Whether it has more connections than it may have by now, and is to lose them. */
  boolean shrinks() {
    return shrinks;
  }

  /**
   * A look at it.
   *
   * @param most connections it may be given
   */
  void beat(long nanoTime, int most) {
    OpenPool open = OpenPool.of(pool, sizing);
    if (open == null) {
      return;
    }
    long given = lent.sum() - lentBefore;
    lentBefore += given;
    long passed = nanoTime - lookedAt;
    lookedAt = nanoTime;
    shrink(open);
    if (looked) {
      look(open, passed, given, most);
    }
    looked = true;
  }

  /** It gets its own size back, and nothing else is done about it. */
  void end() {
    looked = false;
    usual.clear();
    become(Phase.ORDINARY);
    OpenPool open = largerSize > 0 || shrinks ? OpenPool.of(pool, sizing) : null;
    if (open != null) {
      shrink(open);
      restore(open);
    }
  }

  private void look(OpenPool open, long passed, long given, int most) {
    looks.add(open, largerSize > 0 ? ownSize : open.state().max(), passed, given);
    switch (phase) {
      case ORDINARY -> ordinary(open, passed, given, most);
      case LEFT_ALONE -> endsAfter(looks.quiet() >= WAITED ? 0 : LEFT_ALONE);
      case TRIED -> tried(open);
      case HELD -> held(open);
      case RESTING -> endsAfter(RESTING);
    }
  }

  private void ordinary(OpenPool open, long passed, long given, int most) {
    if (!open.isWaitedFor()) {
      usual.fade();
      usual.add(open.state().used(), passed, given);
      become(Phase.ORDINARY);
    } else if (looks.count() >= WAITED) {
      double used = looks.useTime();
      become(Phase.ORDINARY);
      // Where connections are used for longer than usual, more of them would make it worse.
      if (usual.isKnown() && used <= RISEN * usual.mean()) {
        isTooSmall(open, Math.min(TIMES_LARGER * open.state().max(), most), used);
      }
    }
  }

  private void isTooSmall(OpenPool open, int size, double used) {
    if (size <= open.state().max()) {
      return;
    }
    Remedy inForce = inForce();
    become(Phase.LEFT_ALONE);
    if (inForce == null) {
      Told.undone(null, action, Prospect.PASSES, GuardedCall.ANY_FAILURE);
    } else if (!Treatment.isTreated(inForce, ThreadLocalRandom.current().nextLong())) {
      Told.done(null, inForce, Arm.CONTROL, 1, Result.FAILED, 0);
    } else {
      usedBefore = used;
      remedy = inForce;
      enlarge(open, size);
    }
  }

  private void tried(OpenPool open) {
    if (hasEnded(open)) {
      return;
    }
    if (looks.count() == SETTLING) {
      looks.forget();
    } else if (looks.count() >= SETTLING + JUDGED) {
      judge(open);
    }
  }

  private void judge(OpenPool open) {
    if (looks.needed() < NEEDED) {
      tell(Arm.SKIPPED, Result.FAILED);
      become(Phase.HELD);
    } else if (looks.waits() > WAITS_ALLOWED || isUsedForLonger()) {
      wentBadly(open);
    } else {
      tell(Arm.TREATED, Result.RESOLVED);
      become(Phase.HELD);
    }
  }

  private void held(OpenPool open) {
    if (hasEnded(open)) {
      return;
    }
    if (looks.quiet() >= QUIET) {
      restore(open);
      become(Phase.ORDINARY);
    } else if (looks.count() % JUDGED == 0) {
      if (looks.waits() > JUDGED - WAITS_ALLOWED && isUsedForLonger()) {
        wentBadly(open);
      }
      looks.forget();
    }
  }

  /** Somebody has said so, the remedy has expired, or the application has resized it itself. */
  private boolean hasEnded(OpenPool open) {
    if (inForce() != null && open.state().max() == largerSize) {
      return false;
    }
    restore(open);
    become(Phase.LEFT_ALONE);
    return true;
  }

  private void wentBadly(OpenPool open) {
    tell(Arm.TREATED, Result.FAILED);
    restore(open);
    become(Phase.RESTING);
  }

  private void enlarge(OpenPool open, int size) {
    ownSize = open.state().max();
    largerSize = size;
    shrinks = false;
    excess.are(0);
    open.resize(size);
    become(Phase.TRIED);
    if (remedy != null) {
      Treatment.sayOnce(remedy);
    }
  }

  private void restore(OpenPool open) {
    if (largerSize > 0 && open.state().max() == largerSize) {
      open.resize(ownSize);
      shrinks = true;
      shrinking = 0;
    }
    largerSize = 0;
  }

  private void shrink(OpenPool open) {
    int tooMany = shrinks ? open.total() - open.state().max() : 0;
    shrinks = tooMany > 0;
    // Not at each look: one that was taken out counts as long as somebody uses it.
    if (!shrinks || shrinking++ % TAKEN_OUT == 0) {
      excess.are(tooMany);
    }
  }

  private boolean isUsedForLonger() {
    return looks.useTime() > RISEN * usedBefore;
  }

  private @Nullable Remedy inForce() {
    return Healing.isAt(HealLevel.AUTO) ? Healing.remedy(action, GuardedCall.ANY_FAILURE) : null;
  }

  private void tell(Arm arm, Result result) {
    if (remedy != null) {
      Told.done(null, remedy, arm, 1, result, 0);
    }
  }

  private void endsAfter(int most) {
    if (looks.count() >= most) {
      become(Phase.ORDINARY);
    }
  }

  private void become(Phase next) {
    phase = next;
    looks.clear();
  }
}
