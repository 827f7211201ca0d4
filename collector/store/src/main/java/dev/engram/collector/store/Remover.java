package dev.engram.collector.store;

/**
 * Takes out rows that are old, or too many. Every method commits on its own before it returns, or
 * throws {@link StoreException} and changed nothing. For one thread at a time.
 */
public interface Remover {
  /**
   * Takes out rows that are older than this, a step's worth of them. A store may keep what is of
   * the same day (UTC). With a span go the parts of its payloads.
   *
   * <p>Of what goes there stays which error groups there were, which {@link
   * StoreReader#exceptionGroups} goes on to count, and {@link StoreReader#requestRollups}. Kept
   * whatever its age is what people said of errors and solutions. Lifecycle rows stay while their
   * instance runs, a decision while something that was told of it is younger, feedback while it is
   * about none of {@link Expiry#PASSING}.
   */
  Removal removeOlder(Cutoff before);

  /**
   * The same with the oldest rows, whatever their age, where they take more room than they may;
   * what lasts counts as younger than it is.
   *
   * @param nowEpochNanos what is no older stays
   * @param mostBytes where {@link StoreReader#bytes} is no more, nothing goes: others may have made
   *     room meanwhile
   */
  Removal removeOldest(long nowEpochNanos, long mostBytes);
}
