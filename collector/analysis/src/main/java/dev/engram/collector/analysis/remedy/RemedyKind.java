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
  /** A connection pool is made larger as long as its connections do not suffice. */
  RESIZE,
  /** What was asked of a model that is overloaded is asked of another. */
  ALTERNATIVE,
  /** Fewer calls of a service that refuses a part of them are under way at once. */
  LIMIT,
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

  /**
   * What it must resolve, as a share, to be applied to all; against {@link #helpless}. An operation
   * that is not run again fails for certain, so a retry that resolves half of them helps.
   */
  double helpful() {
    return this == RETRY ? Evidence.MOSTLY_HELPFUL : Evidence.HELPFUL;
  }

  double helpless() {
    return this == RETRY ? Evidence.USEFUL : Evidence.HALF;
  }

  /** What it must resolve, as a share, to be kept; against {@link #poor}, for which it goes. */
  double good() {
    return isForEpisodesOfMany() ? Evidence.HELPFUL : Evidence.USEFUL;
  }

  /** Where one that fails does harm to others, two in a row are enough. */
  double poor() {
    return isForEpisodesOfMany() ? Evidence.HALF : Evidence.USELESS;
  }

  /** Whether it may do harm that no failed request tells of: then a person has to say so first. */
  boolean isForAPerson() {
    return this == BREAKER || this == RESIZE || this == ALTERNATIVE || this == LIMIT;
  }

  /** Whether all requests of a service meet an episode, and not one alone. */
  boolean isForEpisodesOfMany() {
    return this == RESIZE || this == LIMIT;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
