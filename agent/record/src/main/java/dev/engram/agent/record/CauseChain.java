package dev.engram.agent.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A throwable and its causes. Stateless. */
final class CauseChain {
  /** Causes beyond this are not looked at, so that no chain can keep a caller busy. */
  private static final int MAX_CAUSES = 64;

  private CauseChain() {}

  /** Innermost first; never empty. */
  static List<ThrowableShape> of(ThrowableShape thrown) {
    List<ThrowableShape> chain = new ArrayList<>(4);
    ThrowableShape next = thrown;
    while (next != null && chain.size() <= MAX_CAUSES) {
      chain.add(next);
      next = next.cause();
    }
    Collections.reverse(chain);
    return chain;
  }
}
