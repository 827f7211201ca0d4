package dev.engram.agent.instrumentation.dbcp2;

import dev.engram.agent.core.sql.ConnectionPools;
import dev.engram.agent.core.sql.PoolReader;
import dev.engram.agent.core.sql.PoolState;
import javax.management.ObjectName;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pool below a data source, and not the data source: in old versions that answers under
 * the lock that it holds while it connects.
 */
final class PoolCapture {
  private static final PoolReader READER = PoolCapture::read;

  private PoolCapture() {}

  static void made(Object pool) {
    if (pool instanceof GenericObjectPool<?> known) {
      ObjectName name = known.getJmxName();
      ConnectionPools.add(
          name == null ? ConnectionPools.nameOf("dbcp2") : name.toString(), pool, READER);
    }
  }

  private static @Nullable PoolState read(Object any) {
    GenericObjectPool<?> pool = (GenericObjectPool<?>) any;
    return pool.isClosed()
        ? null
        : new PoolState(
            pool.getNumActive(), pool.getNumIdle(), pool.getNumWaiters(), pool.getMaxTotal());
  }
}
