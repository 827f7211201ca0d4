package dev.engram.collector.analysis.remedy;

import java.util.List;

/**
 * A remedy with what is known of it.
 *
 * @param label see {@link RemedyLabel}
 * @param action what is done and where, such as {@code retry method com.acme.Prices#load}
 * @param fingerprint of the failure that it is for
 * @param services that met it, in alphabetical order
 * @param since when it came into this state; of one that is observed its first attempt
 * @param last its latest attempt
 * @param unclear whether nobody knows if such a failure passes: only a person may have it tried
 * @param approved whether a person has said so in this state
 */
public record JudgedRemedy(
    String label,
    String action,
    long fingerprint,
    List<String> services,
    RemedyState state,
    long since,
    long last,
    boolean unclear,
    boolean approved,
    Evidence evidence) {
  /** Whether services that heal apply it, to some episodes or to all. */
  public boolean isApplied() {
    return switch (state) {
      case TRIAL, ACTIVE -> true;
      case OBSERVED -> approved || !unclear && evidence.observed() >= Evidence.REPEATED;
      case WITHDRAWN -> false;
    };
  }
}
