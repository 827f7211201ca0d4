package dev.engram.agent.instrumentation.dbcp2;

import dev.engram.agent.core.remedy.PoolSizing;
import dev.engram.agent.core.remedy.ResizedPools;
import dev.engram.agent.core.sql.ConnectionPools;
import dev.engram.agent.core.sql.PoolState;
import java.sql.Connection;
import java.sql.SQLException;
import javax.management.ObjectName;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jspecify.annotations.Nullable;

/**
 * Reads and resizes the pool below a data source, and not the data source: in old versions that
 * answers under the lock that it holds while it connects.
 */
final class PoolCapture implements PoolSizing {
  private static final PoolSizing SIZING = new PoolCapture();

  private PoolCapture() {}

  static void made(Object pool) {
    if (pool instanceof GenericObjectPool<?> known) {
      ObjectName jmx = known.getJmxName();
      String name = jmx == null ? ConnectionPools.nameOf("dbcp2") : jmx.toString();
      ConnectionPools.add(name, pool, SIZING);
      ResizedPools.add(name, pool, SIZING);
    }
  }

  @Override
  public @Nullable PoolState read(Object any) {
    GenericObjectPool<?> pool = (GenericObjectPool<?>) any;
    return pool.isClosed()
        ? null
        : new PoolState(
            pool.getNumActive(), pool.getNumIdle(), pool.getNumWaiters(), pool.getMaxTotal());
  }

  @Override
  public void resize(Object any, int max) {
    ((GenericObjectPool<?>) any).setMaxTotal(max);
  }

  /** As the pool does with one that is broken; it is still lent to whoever gives it back. */
  @Override
  @SuppressWarnings("unchecked")
  public boolean discard(Object any, Object connection) {
    GenericObjectPool<Object> pool = (GenericObjectPool<Object>) any;
    return hasTooMany(pool) && hasNoWork((Connection) connection) && invalidate(pool, connection);
  }

  /** By now: the application may have closed some meanwhile. A negative size is none. */
  private static boolean hasTooMany(GenericObjectPool<?> pool) {
    int max = pool.getMaxTotal();
    return max >= 0 && pool.getNumActive() + pool.getNumIdle() > max;
  }

  private static boolean hasNoWork(Connection connection) {
    try {
      return connection.getAutoCommit();
    } catch (SQLException | RuntimeException broken) {
      return false;
    }
  }

  private static boolean invalidate(GenericObjectPool<Object> pool, Object connection) {
    try {
      pool.invalidateObject(connection);
      return true;
    } catch (IllegalStateException notOfThisPool) {
      return false;
    } catch (Exception notClosed) {
      // It is out all the same.
      return true;
    }
  }
}
