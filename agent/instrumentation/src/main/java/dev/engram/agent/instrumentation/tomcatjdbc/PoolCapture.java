package dev.engram.agent.instrumentation.tomcatjdbc;

import dev.engram.agent.core.sql.ConnectionPools;
import dev.engram.agent.core.sql.PoolReader;
import dev.engram.agent.core.sql.PoolState;
import org.apache.tomcat.jdbc.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/** Reads the sizes of a pool's queues. */
final class PoolCapture {
  private static final PoolReader READER = PoolCapture::read;

  private PoolCapture() {}

  static void made(Object pool) {
    ConnectionPools.add(((ConnectionPool) pool).getName(), pool, READER);
  }

  private static @Nullable PoolState read(Object any) {
    ConnectionPool pool = (ConnectionPool) any;
    return pool.isClosed()
        ? null
        : new PoolState(
            pool.getActive(),
            pool.getIdle(),
            pool.getWaitCount(),
            pool.getPoolProperties().getMaxActive());
  }
}
