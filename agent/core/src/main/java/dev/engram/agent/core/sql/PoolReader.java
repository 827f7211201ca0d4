package dev.engram.agent.core.sql;

import org.jspecify.annotations.Nullable;

/** How the pools of one library are read. Stateless, so that it keeps no pool alive. */
public interface PoolReader {
  /** Its state, or null once it is closed. Called on the writer thread; may not wait. */
  @Nullable PoolState read(Object pool);
}
