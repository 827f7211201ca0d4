package dev.engram.collector.store;

import java.util.Map;

/**
 * A JVM that is or was remembered.
 *
 * @param endedEpochNanos 0 while it runs
 * @param attributes host, pid, JVM, versions
 */
public record Instance(
    InstanceId id,
    String service,
    String version,
    long startedEpochNanos,
    long endedEpochNanos,
    Map<String, Object> attributes) {

  /** The same instance with this end. */
  public Instance endedAt(long endedEpochNanos) {
    return new Instance(id, service, version, startedEpochNanos, endedEpochNanos, attributes);
  }
}
