package dev.engram.collector.store;

import java.util.Optional;

/**
 * A memory of rows. Opening one does no I/O until first use or {@link #check()}; after {@link
 * #close()} every call throws {@link StoreException} of kind UNAVAILABLE.
 */
public interface Store extends AutoCloseable {
  /** The one writer: not thread-safe, for one thread of the intake at a time. */
  StoreWriter writer();

  /**
   * What takes out rows on a thread of its own, where a step may take long and the writer goes on
   * meanwhile; {@link #close} ends a step that is under way. Empty where the writer does it, in
   * steps of milliseconds.
   */
  default Optional<Remover> remover() {
    return Optional.empty();
  }

  /** Readers are thread-safe; the writer never waits for one longer than a single call. */
  StoreReader reader();

  /** Whether the store can be used; never throws. */
  Health check();

  /** Frees what is open. Not while a call is under way on another thread. Idempotent. */
  @Override
  void close();
}
