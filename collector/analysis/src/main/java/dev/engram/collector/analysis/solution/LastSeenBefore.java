package dev.engram.collector.analysis.solution;

import dev.engram.collector.analysis.Proportion;
import java.util.Locale;

/**
 * A change of a service after which an error group was not seen again: perhaps it helped, perhaps
 * it only came after.
 *
 * @param version that of the latest such change; empty where a change has none
 * @param held after how many such changes it was not seen, among those after which it could have
 *     been
 */
public record LastSeenBefore(Change change, String version, Proportion held) {
  /** What a service that is started is changed in. */
  public enum Change {
    /** It has another version of its own. */
    NEW_VERSION,
    /** It has another Java. */
    NEW_RUNTIME,
    /** Nothing that is known of. */
    RESTART;

    /** As people read it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
