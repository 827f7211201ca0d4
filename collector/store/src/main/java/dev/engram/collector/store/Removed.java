package dev.engram.collector.store;

import java.util.Comparator;

/**
 * Rows that a store had once, and took out.
 *
 * @param reason one of the constants here
 * @param kind as in {@link Removal#rows()}
 */
public record Removed(String reason, String kind, long count) {
  /** They were too old. */
  public static final String AGE = "age";

  /** The store was too large. */
  public static final String SIZE = "size";

  /** Somebody wanted it. */
  public static final String FORGOTTEN = "forgotten";

  /** By reason, then by kind. */
  public static final Comparator<Removed> ORDER =
      Comparator.comparing(Removed::reason).thenComparing(Removed::kind);
}
