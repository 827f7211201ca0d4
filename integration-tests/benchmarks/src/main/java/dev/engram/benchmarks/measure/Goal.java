package dev.engram.benchmarks.measure;

/**
 * A number that docs and design promise to reach, for the median of an arm.
 *
 * @param what it says in the list of goals, with the unit left to the quantity
 * @param of the value itself, or what the arm adds to the table's baseline in the same round
 */
public record Goal(String what, String arm, Quantity quantity, Of of, Bound bound, double limit) {
  /** Which number is held against the limit. */
  public enum Of {
    VALUE,
    ADDED
  }

  /** On which side of the limit it must be. */
  public enum Bound {
    AT_MOST("<="),
    AT_LEAST(">=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  /** The value itself stays at or below the limit. */
  public static Goal atMost(String what, String arm, Quantity quantity, double limit) {
    return new Goal(what, arm, quantity, Of.VALUE, Bound.AT_MOST, limit);
  }

  /** What the arm adds to the baseline stays at or below the limit. */
  public static Goal addsAtMost(String what, String arm, Quantity quantity, double limit) {
    return new Goal(what, arm, quantity, Of.ADDED, Bound.AT_MOST, limit);
  }

  /** The value itself reaches the limit. */
  public static Goal atLeast(String what, String arm, Quantity quantity, double limit) {
    return new Goal(what, arm, quantity, Of.VALUE, Bound.AT_LEAST, limit);
  }

  /** What was measured in each round; empty when nothing was. */
  public Rounds measured(Table table) {
    Rounds value = table.rounds(arm, quantity);
    String baseline = table.baseline();
    if (of == Of.VALUE) {
      return value;
    }
    if (baseline == null) {
      throw new IllegalStateException(table.title() + " has no baseline for " + what);
    }
    return value.minus(table.rounds(baseline, quantity));
  }

  /** Whether the median is on the right side; false when nothing was measured. */
  public boolean isMet(Table table) {
    double median = measured(table).median();
    return bound == Bound.AT_MOST ? median <= limit : median >= limit;
  }
}
