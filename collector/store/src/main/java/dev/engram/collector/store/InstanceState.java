package dev.engram.collector.store;

import java.util.Locale;

/** What has become of an instance, as far as is known. */
public enum InstanceState {
  RUNNING,
  /** It stopped in good order; what it recorded waits for a collector. */
  STOPPED,
  /** It is gone without having stopped. */
  KILLED,
  /** It stopped in good order, and all of it is stored. */
  ENDED,
  /** What it left could not be read whole; its books are incomplete. */
  DAMAGED;

  /** The name people see, such as {@code running}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
