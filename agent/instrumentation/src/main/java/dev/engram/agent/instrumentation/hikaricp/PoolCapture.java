package dev.engram.agent.instrumentation.hikaricp;

import com.zaxxer.hikari.pool.HikariPool;
import dev.engram.agent.core.remedy.PoolSizing;
import dev.engram.agent.core.remedy.ResizedPools;
import dev.engram.agent.core.sql.ConnectionPools;
import dev.engram.agent.core.sql.PoolState;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads and resizes a pool through what it shows to JMX, which takes no lock. */
final class PoolCapture implements PoolSizing {
  private static final PoolSizing SIZING = new PoolCapture();

  private PoolCapture() {}

  static void made(Object pool) {
    String name = ((HikariPool) pool).config.getPoolName();
    ConnectionPools.add(name, pool, SIZING);
    ResizedPools.add(name, pool, SIZING);
  }

  @Override
  public @Nullable PoolState read(Object any) {
    HikariPool pool = (HikariPool) any;
    return pool.poolState == HikariPool.POOL_SHUTDOWN
        ? null
        : new PoolState(
            pool.getActiveConnections(),
            pool.getIdleConnections(),
            pool.getThreadsAwaitingConnection(),
            pool.config.getMaximumPoolSize());
  }

  @Override
  public void resize(Object any, int max) {
    ((HikariPool) any).config.setMaximumPoolSize(max);
  }

  /** One that somebody else has by now is closed when it is given back. */
  @Override
  public boolean discard(Object any, Object connection) {
    try {
      Connection lent = (Connection) connection;
      if (!lent.isClosed()) {
        return false;
      }
      ((HikariPool) any).evictConnection(lent);
      return true;
    } catch (SQLException neverByAPool) {
      return false;
    }
  }
}
