package dev.engram.agent.instrumentation.hikaricp;

import com.zaxxer.hikari.pool.HikariPool;
import dev.engram.agent.core.sql.ConnectionPools;
import dev.engram.agent.core.sql.PoolReader;
import dev.engram.agent.core.sql.PoolState;
import org.jspecify.annotations.Nullable;

/** Reads a pool through what it shows to JMX, which takes no lock. */
final class PoolCapture {
  private static final PoolReader READER = PoolCapture::read;

  private PoolCapture() {}

  static void made(Object pool) {
    ConnectionPools.add(((HikariPool) pool).config.getPoolName(), pool, READER);
  }

  private static @Nullable PoolState read(Object any) {
    HikariPool pool = (HikariPool) any;
    return pool.poolState == HikariPool.POOL_SHUTDOWN
        ? null
        : new PoolState(
            pool.getActiveConnections(),
            pool.getIdleConnections(),
            pool.getThreadsAwaitingConnection(),
            pool.config.getMaximumPoolSize());
  }
}
