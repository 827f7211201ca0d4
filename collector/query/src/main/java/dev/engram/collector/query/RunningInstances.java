package dev.engram.collector.query;

import dev.engram.collector.store.Instance;
import dev.engram.collector.store.ProducerCounts;
import java.util.Map;

/**
 * What instances count at this moment that run, or are gone and wait for a collector; the store
 * only knows what they counted last.
 */
@FunctionalInterface
public interface RunningInstances {
  /** For questions to a store alone. */
  RunningInstances NONE = Map::of;

  /** Absolute counts of the instances whose folder can be read; never throws for a broken one. */
  Map<Instance, ProducerCounts> producerCounts();
}
