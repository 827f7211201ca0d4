package dev.engram.collector.analysis.gate;

import java.util.List;

/**
 * What came out of judging a run.
 *
 * @param checks in the order in which people read them
 */
public record Verdict(List<Judged> checks) {
  public Verdict {
    checks = List.copyOf(checks);
  }

  /** What is looked at. */
  public enum Check {
    REQUESTS("remembered requests"),
    ERRORS("new errors"),
    SWALLOWED("newly swallowed exceptions"),
    ROUTES("slower routes"),
    STATEMENTS("slower statements"),
    N_PLUS_ONE("new N+1 statements"),
    SECRETS("secrets in clear"),
    AI_SPEND("spend on AI"),
    LOST_RECORDS("lost records");

    private final String title;

    Check(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** How one check, or all of them, came out. */
  public enum Outcome {
    PASS,
    FAIL,
    UNDECIDED
  }

  /**
   * One check.
   *
   * @param note in one sentence what was looked at
   * @param violations why it failed; empty otherwise
   */
  public record Judged(Check check, Outcome outcome, String note, List<Violation> violations) {
    public Judged {
      violations = List.copyOf(violations);
    }

    static Judged of(Check check, String note, List<Violation> violations) {
      return new Judged(
          check, violations.isEmpty() ? Outcome.PASS : Outcome.FAIL, note, violations);
    }
  }

  /**
   * One thing that must not be.
   *
   * @param subject what it is about: an error's label and type, a route, a statement, a place
   * @param detail what is wrong with it
   */
  public record Violation(String service, String subject, String detail) {}

  /** One failure fails all; what cannot be judged is no pass. */
  public Outcome outcome() {
    return checks.stream().map(Judged::outcome).max(Verdict::worse).orElse(Outcome.UNDECIDED);
  }

  private static int worse(Outcome one, Outcome other) {
    return Integer.compare(badness(one), badness(other));
  }

  private static int badness(Outcome outcome) {
    return switch (outcome) {
      case PASS -> 0;
      case UNDECIDED -> 1;
      case FAIL -> 2;
    };
  }
}
