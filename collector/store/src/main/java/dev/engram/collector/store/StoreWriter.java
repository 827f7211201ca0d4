package dev.engram.collector.store;

import java.util.Optional;

/**
 * Writes batches. Every method commits on its own before it returns, or throws {@link
 * StoreException} and changed nothing.
 */
public interface StoreWriter {
  /** Remembers an instance, or brings its description up to date. */
  void putInstance(Instance instance);

  /** Where this instance's rows end, or empty when it has none. */
  Optional<Checkpoint> checkpoint(InstanceId instance);

  /**
   * Writes rows, joins begun rows with their ends, raises the instance's counts and moves its
   * checkpoint, in one transaction. Rows at or below the checkpoint, and whole batches seen before,
   * change nothing.
   */
  WriteResult write(Batch batch);

  /** Replaces what the instance's own counters say (absolute values). */
  void putCounters(InstanceId instance, ProducerCounts counts);

  /**
   * Ends an instance: begun rows without an end become interrupted spans; its totals stay.
   *
   * @return how many were interrupted
   */
  long closeInstance(InstanceId instance, long endedEpochNanos);

  /** Makes everything committed so far durable; after it, queue files that are covered may go. */
  void sync();
}
