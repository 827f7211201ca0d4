package dev.engram.collector.query;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * The books of one instance.
 *
 * @param damage what is wrong with the files that it left, or null
 */
public record InstanceAccounting(
    InstanceId id,
    String service,
    long startedEpochNanos,
    InstanceState state,
    @Nullable String damage,
    Accounting accounting) {
  /** Whether it has not ended as far as is known. */
  public boolean running() {
    return state == InstanceState.RUNNING;
  }

  /** The name its folder has: service, {@code @}, instance id. */
  public String name() {
    return service + "@" + id;
  }
}
