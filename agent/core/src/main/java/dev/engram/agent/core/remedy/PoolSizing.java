package dev.engram.agent.core.remedy;

import dev.engram.agent.core.sql.PoolReader;

/** How the pools of one library are read and resized. Stateless, so that it keeps no pool alive. */
public interface PoolSizing extends PoolReader {
  /** From now on it may have so many connections. Called on the writer thread; may not wait. */
  void resize(Object pool, int max);

  /**
   * Takes a connection out of the pool that the application has given back. Called on application
   * threads; may not wait.
   *
   * @param connection as the application was given it
   * @return false as long as the application has it: then nothing is done
   */
  boolean discard(Object pool, Object connection);
}
