package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HostIdentity;
import java.util.Set;

/**
 * Whose instances a collector looks after: those of its own kernel, of its own host before it was
 * started anew, and of hosts that a person says are gone. Immutable.
 *
 * @param here where the collector runs
 * @param lostHosts names of hosts that will not come back to this home
 */
record Territory(HostIdentity here, Set<String> lostHosts) {
  Territory {
    lostHosts = Set.copyOf(lostHosts);
  }

  static Territory ofThisHost() {
    return new Territory(HostIdentity.current(), Set.of());
  }

  /** A description that names no place lies in a home that has no other collector. */
  boolean covers(InstanceDescription instance) {
    return isSameKernel(instance)
        || here.host().equals(instance.host())
        || lostHosts.contains(instance.host())
        || instance.host().isEmpty() && instance.bootId().isEmpty();
  }

  /**
   * Whether file locks speak for the instance, whatever container it is in; where the system tells
   * no boot id, the host's name stands for it.
   */
  boolean isSameKernel(InstanceDescription instance) {
    return here.bootId().equals(instance.bootId())
        && (!here.bootId().isEmpty() || here.host().equals(instance.host()));
  }
}
