package dev.engram.agent.core.remedy;

import dev.engram.agent.core.sql.PoolState;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** A pool as it was at one look. */
record OpenPool(Object pool, PoolSizing sizing, PoolState state) {
  /** Null when it is closed, gone, or of a version that cannot be read. */
  static @Nullable OpenPool of(Reference<Object> pool, Reference<PoolSizing> sizing) {
    Object known = pool.get();
    PoolSizing how = sizing.get();
    if (known == null || how == null) {
      return null;
    }
    try {
      PoolState state = how.read(known);
      return state == null ? null : new OpenPool(known, how, state);
    } catch (RuntimeException | LinkageError notReadable) {
      return null;
    }
  }

  /** For one that somebody gives back, because the pool may open no more. */
  boolean isWaitedFor() {
    return state.pending() > 0 && total() >= state.max();
  }

  int total() {
    return state.used() + state.idle();
  }

  /** Connections that its users want at this moment. */
  int wanted() {
    return state.used() + state.pending();
  }

  void resize(int max) {
    sizing.resize(pool, max);
  }
}
