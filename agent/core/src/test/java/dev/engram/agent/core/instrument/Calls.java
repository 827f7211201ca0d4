package dev.engram.agent.core.instrument;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What advice under test did; the agent's own copy, whichever loader the advice is in. */
public final class Calls {
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();

  private Calls() {}

  public static void add(String call) {
    SEEN.add(call);
  }

  static List<String> seen() {
    return List.copyOf(SEEN);
  }

  static void clear() {
    SEEN.clear();
  }
}
