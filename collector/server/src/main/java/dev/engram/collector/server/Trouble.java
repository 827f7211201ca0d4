package dev.engram.collector.server;

import dev.engram.collector.store.StoreException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what keeps a file from being brought up to date, once for each reason. A store that breaks
 * ends the collector, which says so itself: here that is told only when it is still so at the next
 * look. For one thread at a time.
 */
final class Trouble {
  private final Consumer<String> log;
  private final String before;
  private final String after;
  private @Nullable String last;
  private boolean said;

  /**
   * Nothing is wrong yet.
   *
   * @param before what is told ahead of the reason, which stands in parentheses
   * @param after what follows it
   */
  Trouble(Consumer<String> log, String before, String after) {
    this.log = log;
    this.before = before;
    this.after = after;
  }

  void isOver() {
    last = null;
  }

  void is(Exception failure) {
    String reason = failure.toString();
    boolean again = reason.equals(last);
    said &= again;
    last = reason;
    if (!said && (again || !(failure instanceof StoreException))) {
      said = true;
      log.accept(before + " (" + reason + ")" + after);
    }
  }
}
