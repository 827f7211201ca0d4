package dev.engram.collector.analysis.remedy;

import java.util.Locale;

/** How far a remedy has come. */
public enum RemedyState {
  /** It would have been applied. */
  OBSERVED,
  /** A share of the episodes is treated, the others are left alone to be compared with. */
  TRIAL,
  /** It has been shown to help, and is applied to all. */
  ACTIVE,
  /** It has been shown to help no longer, or never to have. */
  WITHDRAWN;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
