package dev.engram.collector.query;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.InstanceId;

/**
 * The books of one instance.
 *
 * @param running whether it has not ended as far as is known
 */
public record InstanceAccounting(
    InstanceId id, String service, long startedEpochNanos, boolean running, Accounting accounting) {
  /** The name its folder has: service, {@code @}, instance id. */
  public String name() {
    return service + "@" + id;
  }
}
