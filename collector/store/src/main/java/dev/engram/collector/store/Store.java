package dev.engram.collector.store;

/** A durable memory of rows. Opening one does no I/O until first use or {@link #check()}. */
public interface Store extends AutoCloseable {
  /** The one writer: not thread-safe, for the intake thread. */
  StoreWriter writer();

  /** Readers are thread-safe and never block the writer. */
  StoreReader reader();

  /** Whether the store can be used; never throws. */
  Health check();

  @Override
  void close();
}
