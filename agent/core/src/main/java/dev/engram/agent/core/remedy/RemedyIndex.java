package dev.engram.agent.core.remedy;

import dev.engram.agent.record.control.Remedies;
import dev.engram.agent.record.control.Remedy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The remedies in force, found by the failure they are for, until they expire: whoever asks looks
 * at the time, because the writer thread may be late. Immutable.
 */
final class RemedyIndex {
  static final RemedyIndex EMPTY = new RemedyIndex(Remedies.NONE, 0);

  private final Map<Key, Remedy> byFailure = new HashMap<>();
  private final long untilNanos;

  /**
   * Of what a file says.
   *
   * @param untilNanos when it ceases to count, by {@code nanoTime}
   */
  RemedyIndex(Remedies remedies, long untilNanos) {
    this.untilNanos = untilNanos;
    for (Remedy remedy : remedies.remedies()) {
      byFailure.put(new Key(remedy.action(), remedy.fingerprint()), remedy);
    }
  }

  private record Key(String action, long fingerprint) {}

  /** Whether there is any. */
  boolean isInForce() {
    return !byFailure.isEmpty() && System.nanoTime() - untilNanos < 0;
  }

  @Nullable Remedy find(String action, long fingerprint) {
    return isInForce() ? byFailure.get(new Key(action, fingerprint)) : null;
  }
}
