package dev.engram.agent.core.capture;

import dev.engram.agent.core.redaction.Redaction;
import dev.engram.agent.record.ThrowableShape;
import org.jspecify.annotations.Nullable;

/**
 * Tells throwables whose messages may quote statements and rows: those that a database's driver
 * made, and whatever wraps one and may repeat what it says. Thread-safe.
 */
final class DatabaseErrors {
  /** Causes that are looked at; chains may have no end. */
  private static final int DEPTH = 32;

  private DatabaseErrors() {}

  static boolean isOne(ThrowableShape thrown) {
    @Nullable ThrowableShape next = thrown;
    while (next != null && !Redaction.isOfDatabase(next.type())) {
      next = next.cause();
    }
    return next != null;
  }

  /** The same before it is read. */
  static boolean isOne(Throwable thrown) {
    @Nullable Throwable next = thrown;
    for (int i = 0; next != null && i <= DEPTH; i++) {
      if (Redaction.isOfDatabase(next.getClass().getName())) {
        return true;
      }
      next = Thrown.cause(next);
    }
    return false;
  }
}
