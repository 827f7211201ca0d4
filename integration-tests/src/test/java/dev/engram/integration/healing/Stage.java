package dev.engram.integration.healing;

import java.io.IOException;

/** Where a fault is played, event after event. Used by one thread at a time. */
interface Stage extends AutoCloseable {
  /**
   * Prepares one event.
   *
   * @return the request to the service that meets it
   */
  String event(int number, Episode episode) throws IOException;

  /** A request that comes to the same place and succeeds; each time a new one. */
  String other() throws IOException;

  /** The place, as the remedies' actions end. */
  String place();

  /** How many requests meet an event at once. */
  default int callers() {
    return 1;
  }

  /** How often whom the service depends on was asked; negative where nobody counts. */
  int asked();

  @Override
  default void close() throws IOException {}
}
