package dev.engram.collector.store.sqlite;

/** What is kept of the rows of one kind in a block. */
interface BlockContent {
  boolean isEmpty();

  /** When the earliest began; only where it is not empty. */
  long first();

  /** When the latest began; only where it is not empty. */
  long last();

  /**
   * All of it.
   *
   * @param out may be used, and loses what it held
   */
  byte[] toBytes(BlobWriter out);
}
