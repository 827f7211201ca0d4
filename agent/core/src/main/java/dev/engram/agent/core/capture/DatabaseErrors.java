package dev.engram.agent.core.capture;

import dev.engram.agent.record.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells throwables whose messages may quote statements and rows: those that a database's driver
 * made, whatever wraps one and may repeat what it says, and what it wraps. Thread-safe.
 */
final class DatabaseErrors {
  /** Throwables that are looked at: chains may have no end. */
  private static final int LIMIT = 128;

  private DatabaseErrors() {}

  /**
   * Asked of the throwable itself: what is kept of it may have lost the one that tells. True as
   * well of more than anybody can look at.
   */
  static boolean isOne(Throwable thrown) {
    List<Throwable> met = new ArrayList<>();
    add(thrown, met);
    for (int i = 0; i < met.size(); i++) {
      Throwable next = met.get(i);
      if (i == LIMIT || Redaction.isOfDatabase(next.getClass().getName())) {
        return true;
      }
      add(Thrown.cause(next), met);
      for (Throwable suppressed : next.getSuppressed()) {
        add(suppressed, met);
      }
    }
    return false;
  }

  private static void add(@Nullable Throwable thrown, List<Throwable> met) {
    if (thrown == null || met.size() > LIMIT) {
      return;
    }
    for (Throwable other : met) {
      if (other == thrown) {
        return;
      }
    }
    met.add(thrown);
  }
}
