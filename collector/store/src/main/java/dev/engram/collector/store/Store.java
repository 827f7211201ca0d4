package dev.engram.collector.store;

/**
 * A memory of rows. Opening one does no I/O until first use or {@link #check()}; after {@link
 * #close()} every call throws {@link StoreException} of kind UNAVAILABLE.
 */
public interface Store extends AutoCloseable {
  /** The one writer: not thread-safe, for one thread of the intake at a time. */
  StoreWriter writer();

  /** Readers are thread-safe; the writer never waits for one longer than a single call. */
  StoreReader reader();

  /** Whether the store can be used; never throws. */
  Health check();

  /** Frees what is open. Not while a call is under way on another thread. Idempotent. */
  @Override
  void close();
}
