package dev.engram.agent.core.remedy;

import dev.engram.agent.core.sql.PoolState;
import java.util.concurrent.TimeUnit;

/**
 * A pool as queueing theory has it: users who always want a connection, each for so long, and
 * longer the more of them the database has at once. Opens what it may when somebody waits, and
 * keeps what it has.
 */
final class QueueingPool {
  static final PoolSizing SIZING = new Sizing();

  int max;
  int total = 1;
  int users;

  /** Uses that the database serves at once; more of them share its time. */
  int atOnce = 100;

  /** Connections that the database lets it have. */
  int granted = 1_000;

  /** Whether what is taken out is used still, so that the pool has it for now. */
  boolean keeps;

  int discarded;
  long useNanos = TimeUnit.MILLISECONDS.toNanos(50);

  QueueingPool(int max) {
    this.max = max;
  }

  /** A second passes. */
  void pass(WatchedPool watched) {
    total = Math.max(total, Math.min(users, Math.min(max, granted)));
    long uses = used() * TimeUnit.SECONDS.toNanos(1) / useTime();
    for (long i = 0; i < uses; i++) {
      watched.lent(this, new Object());
    }
  }

  private int used() {
    return Math.min(users, total);
  }

  private long useTime() {
    return useNanos * Math.max(used(), atOnce) / atOnce;
  }

  private static final class Sizing implements PoolSizing {
    @Override
    public PoolState read(Object any) {
      QueueingPool pool = (QueueingPool) any;
      int used = pool.used();
      return new PoolState(used, pool.total - used, pool.users - used, pool.max);
    }

    @Override
    public void resize(Object pool, int max) {
      ((QueueingPool) pool).max = max;
    }

    /** Each has been given back when the next one is lent. */
    @Override
    public boolean discard(Object pool, Object connection) {
      QueueingPool from = (QueueingPool) pool;
      from.discarded++;
      from.total -= from.keeps ? 0 : 1;
      return true;
    }
  }
}
