package dev.engram.collector.store;

import java.util.Optional;

/**
 * Writes batches. Every method commits on its own before it returns, or throws {@link
 * StoreException} and changed nothing. An instance must be put before anything else is said of it;
 * otherwise {@link IllegalArgumentException}.
 */
public interface StoreWriter extends Remover {
  /**
   * Remembers an instance, or brings its description up to date. An end that is known stays when
   * {@link Instance#endedEpochNanos()} is 0.
   */
  void putInstance(Instance instance);

  /**
   * Where this instance's rows end, or empty when it is unknown or nothing of it has been written.
   */
  Optional<Checkpoint> checkpoint(InstanceId instance);

  /**
   * Writes rows, joins begun rows with their ends, raises the instance's counts and moves its
   * checkpoint, in one transaction.
   *
   * <p>A batch whose checkpoint is not {@linkplain Checkpoint#isAheadOf ahead} of the stored one
   * was seen before and changes nothing. In a batch that is ahead, rows at or below the stored
   * checkpoint change nothing either: they count as duplicate in the result, and not at all in the
   * {@link Accounting}, which then takes {@code read} less those rows.
   *
   * <p>What becomes of a row: a {@link BegunRow} is pending, or duplicate when its span id is
   * pending already. A {@link SpanRow} is stored; one that is marked begun also turns its pending
   * row into a joined one. An {@link EndedRow} with a pending row is stored as a span at its own
   * position, made of both, and the pending row is joined; without one it is rejected. All others
   * are stored.
   *
   * <p>Where the store works and does not take a row, it throws another RuntimeException than
   * {@link StoreException}: to ask again is no use, and rows of the batch may be written without
   * that one.
   */
  WriteResult write(Batch batch);

  /**
   * Replaces what the instance's own counters say (absolute values). By how much each term that is
   * a {@link Loss} has grown since the last call, batches between included, is remembered as lost
   * in this period; what is lost in periods that end in the same minute is one loss.
   *
   * @param sinceLast from the last look at the counters to this one
   */
  void putCounters(InstanceId instance, ProducerCounts counts, Period sinceLast);

  /**
   * Ends an instance: begun rows without an end become stored spans with status {@code interrupted}
   * and duration -1, at the position of their begun row; its totals stay. Called again, it does so
   * with rows that came later and leaves the first end as it is.
   *
   * @return how many were interrupted
   */
  long closeInstance(InstanceId instance, long endedEpochNanos);

  /**
   * Does some of what {@link #write} put off, so much as takes milliseconds. Readers find what is
   * behind all the same, only more slowly.
   *
   * @return whether there is more to do
   */
  default boolean catchUp() {
    return false;
  }

  /**
   * Does some of what makes sums of many rows quick, so much as takes milliseconds. Sums are the
   * same without it, so that nobody needs to wait for its end.
   *
   * @return whether there is more to do
   */
  default boolean sumUp() {
    return false;
  }

  /** Makes everything committed so far durable; after it, queue files that are covered may go. */
  void sync();

  /**
   * Takes out all that concerns this. Requests that have not ended are remembered from then on
   * without their attributes; what they record later is new. May take long, in steps.
   *
   * @param really false to find out what would go; then nothing is changed
   */
  Removal forget(Subject subject, boolean really);

  /**
   * Writes the store anew without the room and the traces that removed rows have left. Others wait
   * meanwhile.
   */
  void compact();
}
