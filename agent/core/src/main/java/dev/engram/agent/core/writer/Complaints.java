package dev.engram.agent.core.writer;

import dev.engram.agent.core.log.AgentLog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lines about trouble that may come back: each kind the first time, then at most every ten minutes.
 * Confined to the writer thread.
 */
final class Complaints {
  private static final long AGAIN_AFTER = TimeUnit.MINUTES.toNanos(10);

  private final TimeSource time;
  private final Map<String, Long> saidAt = new HashMap<>();

  Complaints(TimeSource time) {
    this.time = time;
  }

  /** Says {@code text}, unless trouble of this kind was said lately. */
  void line(String kind, String text) {
    long now = time.nanoTime();
    Long before = saidAt.get(kind);
    if (before == null || now - before >= AGAIN_AFTER) {
      saidAt.put(kind, now);
      AgentLog.line(text);
    }
  }
}
