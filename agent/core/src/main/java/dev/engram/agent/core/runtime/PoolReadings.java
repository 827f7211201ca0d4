package dev.engram.agent.core.runtime;

import dev.engram.agent.core.sql.ConnectionPools;
import dev.engram.agent.core.sql.PoolState;
import java.util.Map;

/** The connections of every pool that the application has open. Used by one thread. */
final class PoolReadings implements Readings.Source {
  private static final String POOL = "db.client.connection.pool.name";
  private static final String CONNECTIONS = "{connection}";

  @Override
  public void read(Readings.Target target) {
    ConnectionPools.read((name, state) -> put(name, state, target));
  }

  private static void put(String name, PoolState pool, Readings.Target target) {
    Map<String, Object> ofPool = Map.of(POOL, name);
    put("db.client.connection.count", CONNECTIONS, pool.used(), inState(name, "used"), target);
    put("db.client.connection.count", CONNECTIONS, pool.idle(), inState(name, "idle"), target);
    put("db.client.connection.pending_requests", "{request}", pool.pending(), ofPool, target);
    put("db.client.connection.max", CONNECTIONS, pool.max(), ofPool, target);
  }

  private static Map<String, Object> inState(String name, String state) {
    return Map.of(POOL, name, "db.client.connection.state", state);
  }

  private static void put(
      String name, String unit, int value, Map<String, Object> attributes, Readings.Target target) {
    if (value >= 0) {
      target.put(name, unit, value, attributes);
    }
  }
}
