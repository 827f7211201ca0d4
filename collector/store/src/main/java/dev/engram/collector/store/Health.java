package dev.engram.collector.store;

/** Whether something works. */
public sealed interface Health {
  record Ok() implements Health {}

  /** It does not, and why, with what to do about it. */
  record Failed(StoreException cause) implements Health {}
}
