package dev.engram.collector.query;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.ProducerCounts;
import java.util.Map;

/** What running instances count at this moment; the store only knows what they counted last. */
@FunctionalInterface
public interface RunningInstances {
  /** For questions to a store alone. */
  RunningInstances NONE = Map::of;

  /** Absolute counts of the instances whose folder can be read; never throws for a broken one. */
  Map<InstanceId, ProducerCounts> producerCounts();
}
