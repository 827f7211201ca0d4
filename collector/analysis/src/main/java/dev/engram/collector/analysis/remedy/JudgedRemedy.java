package dev.engram.collector.analysis.remedy;

import java.util.List;

/**
 * A remedy with what is known of it.
 *
 * @param label see {@link RemedyLabel}
 * @param action what is done and where, such as {@code retry method com.acme.Prices#load}
 * @param fingerprint of the failure that it is for; of one that is an answer its status; 0 for
 *     whatever fails there
 * @param services that met it, in alphabetical order
 * @param versions that it was judged by: these services, each with its version
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
    String versions,
    RemedyState state,
    long since,
    long last,
    boolean unclear,
    boolean approved,
    Evidence evidence) {
  /** Below it there are answers, by their status; no fingerprint of an error is so small. */
  private static final long FIRST_ERROR = 1000;

  /** The status of the answer that it is for; 0 for an error. */
  public int answer() {
    return fingerprint > 0 && fingerprint < FIRST_ERROR ? (int) fingerprint : 0;
  }

  /** What it does. */
  public RemedyKind kind() {
    return RemedyKind.of(action);
  }

  /** Whether it is tried only once a person has said so. */
  public boolean waitsForAPerson() {
    return state == RemedyState.OBSERVED && !approved && needsAPerson();
  }

  private boolean needsAPerson() {
    return unclear || kind().isForAPerson();
  }

  /** Whether services that heal apply it, to some episodes or to all. */
  public boolean isApplied() {
    if (kind() == RemedyKind.OTHER) {
      return false;
    }
    return switch (state) {
      case TRIAL, ACTIVE -> true;
      case OBSERVED -> approved || !needsAPerson() && evidence.observed() >= Evidence.REPEATED;
      case WITHDRAWN -> false;
    };
  }
}
