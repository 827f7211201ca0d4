package dev.engram.collector.analysis.remedy;

import java.util.Locale;

/** What a remedy does, the first word of its action. */
public enum RemedyKind {
  /** A failed operation is run again. */
  RETRY,
  /** The caller is given the last good answer, or one that was set, in place of the failure. */
  FALLBACK,
  /** Calls of a service that answers nothing but failures fail at once. */
  BREAKER,
  /** Attempts of a newer agent: they are shown, and nothing is applied. */
  OTHER;

  /** Of an action, such as {@code retry method com.acme.Prices#load}. */
  static RemedyKind of(String action) {
    for (RemedyKind kind : values()) {
      if (action.startsWith(kind.label() + ' ')) {
        return kind;
      }
    }
    return OTHER;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
