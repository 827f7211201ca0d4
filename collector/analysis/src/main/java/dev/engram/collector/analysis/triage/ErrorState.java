package dev.engram.collector.analysis.triage;

import java.util.Locale;

/** Where an error group stands. */
public enum ErrorState {
  /** Nobody has said anything else. */
  OPEN,
  /** Nobody wants to see it. */
  IGNORED,
  /** Somebody said that it will not happen again. */
  RESOLVED,
  /** It was resolved, and happened again on a later version. */
  REGRESSED;

  /** As people read it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
