package dev.engram.collector.store.sqlite;

import java.util.EnumSet;
import java.util.Set;

/** What is kept of blocks; the order is that of the numbers in the table. */
enum SumKind {
  /** Spans of kind {@code SERVER}, by instance and name. */
  REQUEST,
  /** Executions of SQL that have a duration, by instance, system and text. */
  STATEMENT,
  /** What else has a duration and a {@code db.query.text}, by instance and that. */
  OTHER_STATEMENT,
  /** Exceptions, by instance and fingerprint; each of no duration. */
  EXCEPTION,
  /** Calls of models, each for itself. */
  CALL;

  /** Those of which sums are kept. */
  static final Set<SumKind> SUMMED_UP = EnumSet.complementOf(EnumSet.of(CALL));

  int number() {
    return ordinal();
  }

  /** Where its rows are. */
  String table() {
    return this == EXCEPTION ? "exception" : "span";
  }
}
