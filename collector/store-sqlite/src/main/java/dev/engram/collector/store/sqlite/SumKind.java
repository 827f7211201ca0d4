package dev.engram.collector.store.sqlite;

/** What is summed up in blocks; the order is that of the numbers in the table. */
enum SumKind {
  /** Spans of kind {@code SERVER}, by instance and name. */
  REQUEST,
  /** Executions of SQL that have a duration, by instance, system and text. */
  STATEMENT,
  /** What else has a duration and a {@code db.query.text}, by instance and that. */
  OTHER_STATEMENT,
  /** Exceptions, by instance and fingerprint; each of no duration. */
  EXCEPTION;

  int number() {
    return ordinal();
  }

  /** Whose rows are summed up. */
  String table() {
    return this == EXCEPTION ? "exception" : "span";
  }
}
