package dev.engram.agent.core.remedy;

import dev.engram.agent.core.sql.PoolReader;

/** How the pools of one library are read and resized. Stateless, so that it keeps no pool alive. */
public interface PoolSizing extends PoolReader {
  /** From now on it may have so many connections. Called on the writer thread; may not wait. */
  void resize(Object pool, int max);

  /**
   * Takes a connection out of the pool that the application has given back, or is giving back at
   * this moment on this thread. Called on application threads; may not wait.
   *
   * @param connection as {@link ResizedPools} was told of it
   * @return false as long as the application has it, and where it has work that is not committed:
   *     then nothing is done
   */
  boolean discard(Object pool, Object connection);
}
