package dev.engram.collector.store;

import java.util.UUID;

/** One start of one JVM. */
public record InstanceId(UUID uuid) {
  @Override
  public String toString() {
    return uuid.toString();
  }
}
